import { randomBytes } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { GatewayOrder, GatewaySettings } from '../../contract/gateway.ts';
import { gatewayRefusal, jsonOf, refusalCode, unusable } from './answers.ts';

/** Requests to a BSrE Esign Client Service and what comes back (DOMAIN §6). No network here. */

export interface GatewayRequest {
  /** Below the gateway's address. */
  readonly path: string;
  readonly type: string;
  /** Holds the passphrase: wipe it once it is sent. */
  readonly bytes: Buffer;
  readonly accept: string;
}

export interface GatewayReply {
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
}

const json = (path: string, body: object): GatewayRequest => ({
  path,
  type: 'application/json',
  bytes: Buffer.from(JSON.stringify(body)),
  accept: 'application/json',
});

const identityNumber = /^\d{16}$/;
const mailAddress = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/** How version 2 names the signer. @throws AppError BAD_REQUEST {field} */
function account(signer: string): { nik: string } | { email: string } {
  if (identityNumber.test(signer)) return { nik: signer };
  if (mailAddress.test(signer)) return { email: signer };
  throw new AppError('BAD_REQUEST', { field: 'signer' });
}

/** Asks whether the signer's certificate may be used; version 2 only. */
export const statusRequest = (signer: string): GatewayRequest =>
  json('/api/v2/user/check/status', account(signer));

/** @throws AppError GATEWAY_LOGIN_REFUSED, GATEWAY_NOT_REGISTERED, GATEWAY_CERTIFICATE_INACTIVE {status}, … */
export function requireActive(reply: GatewayReply): void {
  const body = jsonOf(reply.bytes);
  const status = body?.['status'];
  if (!isSuccess(reply) || typeof status !== 'string') throw gatewayRefusal(refusalCode(body), reply.status);
  if (status === 'NOT_REGISTERED') throw new AppError('GATEWAY_NOT_REGISTERED');
  if (status === 'ISSUE') return;
  // the service's own word, as long as it is one
  const word = /^[A-Z_]{1,40}$/.test(status) ? status : '?';
  throw new AppError('GATEWAY_CERTIFICATE_INACTIVE', { status: word });
}

const isSuccess = (reply: GatewayReply): boolean => reply.status >= 200 && reply.status < 300;

/** @throws AppError BAD_REQUEST {field} */
export const signRequest = (version: GatewaySettings['version'], order: GatewayOrder): GatewayRequest =>
  version === 2 ? signRequestV2(order) : signRequestV1(order);

function signRequestV2(order: GatewayOrder): GatewayRequest {
  const { visible } = order;
  const mark = visible
    ? {
        tampilan: 'VISIBLE',
        imageBase64: base64(visible.image),
        page: visible.page,
        originX: visible.x,
        originY: visible.y,
        width: visible.w,
        height: visible.h,
      }
    : { tampilan: 'INVISIBLE' };
  const words = {
    ...(order.reason === null ? {} : { reason: order.reason }),
    ...(order.location === null ? {} : { location: order.location }),
  };
  return json('/api/v2/sign/pdf', {
    ...account(order.signer),
    passphrase: order.passphrase,
    signatureProperties: [{ ...mark, ...words }],
    file: [base64(order.pdf)],
  });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** multipart/form-data (RFC 7578). Version 1 knows the signer by identity number only. */
function signRequestV1(order: GatewayOrder): GatewayRequest {
  if (!identityNumber.test(order.signer)) throw new AppError('BAD_REQUEST', { field: 'signer' });
  const { visible } = order;
  const mark = visible && {
    page: visible.page,
    xAxis: visible.x,
    yAxis: visible.y,
    width: visible.w,
    height: visible.h,
    image: 'true',
  };
  const fields = {
    nik: order.signer,
    passphrase: order.passphrase,
    tampilan: visible ? 'visible' : 'invisible',
    ...(order.reason === null ? {} : { reason: order.reason }),
    ...(order.location === null ? {} : { location: order.location }),
    ...mark,
  };
  const boundary = `eletter-${randomBytes(16).toString('hex')}`;
  const part = (head: string, body: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      body,
      crlf,
    ]);
  const file = (name: string, fileName: string, type: string, body: Uint8Array): Buffer =>
    part(`name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}`, body);
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, Buffer.from(String(value)))),
    // a neutral name: the real one may name people
    file('file', 'surat.pdf', 'application/pdf', order.pdf),
    ...(visible ? [file('imageTTD', 'tanda.png', 'image/png', visible.image)] : []),
  ];
  return {
    path: '/api/sign/pdf',
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    accept: 'application/pdf, application/json',
  };
}

const crlf = Buffer.from('\r\n');

/**
 * The PDF in the answer; nothing about it is believed yet.
 * @throws AppError GATEWAY_LOGIN_REFUSED, GATEWAY_NOT_REGISTERED, GATEWAY_PASSPHRASE_WRONG, GATEWAY_REFUSED {status},
 *   GATEWAY_ANSWER_UNUSABLE {reason}
 */
export function signedFile(version: GatewaySettings['version'], reply: GatewayReply): Uint8Array {
  if (version === 1 && isSuccess(reply) && isPdf(reply.bytes)) return reply.bytes;
  const body = jsonOf(reply.bytes);
  const refused = refusalCode(body);
  if (!isSuccess(reply) || refused !== null) throw gatewayRefusal(refused, reply.status);
  const files: unknown = version === 2 ? body?.['file'] : null;
  const [only] = Array.isArray(files) ? (files as unknown[]) : [];
  if (typeof only !== 'string' || (files as unknown[]).length !== 1) throw unusable('FORMAT');
  const pdf = Buffer.from(only, 'base64');
  if (!isPdf(pdf)) throw unusable('FORMAT');
  return pdf;
}

const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';

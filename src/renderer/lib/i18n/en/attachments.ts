/** Files behind a letter, in the editor. */
export const attachments = {
  attachments: {
    title: 'Attached files',
    add: 'Add files…',
    hint: 'PDF, JPEG, PNG or TIFF. Files can be dropped anywhere on this screen.',
    about:
      'Attached pages go into the letter as pictures. So the letter stays in its archival format (PDF/A-2a), and what is signed is exactly what is seen.',
    fillsItself: (line: string) => `Fills itself in: ${line}.`,
    list: 'List of attachments',
    name: (numeral: string) => `Title of attachment ${numeral}`,
    facts: (pages: string, size: string) => `Pages: ${pages} · ${size}`,
    types: {
      'application/pdf': 'PDF',
      'image/jpeg': 'JPEG',
      'image/png': 'PNG',
      'image/tiff': 'TIFF',
    },
    leftOut: (parts: string) => `Left out: ${parts}.`,
    parts: {
      signatures: 'electronic signatures',
      scripts: 'scripts and actions',
      files: 'files inside it',
      forms: 'form fields (their values stay visible)',
      comments: 'comments (their look stays visible)',
      links: 'links',
    },
    up: (title: string) => `Move ${title} up`,
    down: (title: string) => `Move ${title} down`,
    remove: (title: string) => `Remove attachment ${title}`,
    removed: (title: string) => `Attachment “${title}” was removed from the letter.`,
    total: (files: string, pages: string, size: string, most: string) =>
      `Attachments: ${files}, pages: ${pages}, ${size} of ${most}`,
    tooLargeForMail: (limit: string) =>
      `The attachments exceed ${limit}. The letter can be signed and delivered here, but many mail servers refuse messages of this size.`,
    nearlyFull: (most: string) => `Nearly full: one letter takes at most ${most} of attachments.`,
    preparing: (name: string) => `Preparing ${name}…`,
    failed: (name: string) => `${name} was not attached.`,
    attachAnyway: 'Attach anyway',
    dismiss: 'Close',
  },
};

; Windows installer: for the whole machine, Indonesian first, silent with /S.
; It removes only the files that it brought; letters, keys and settings of the people stay where they are.
; makensis -INPUTCHARSET UTF8 -DVERSION=1.2.3 -DSOURCE=win-unpacked -DREMOVE=remove.nsh -DOUTFILE=setup.exe eletter.nsi

!ifndef VERSION
  !error "VERSION is missing, for example -DVERSION=1.2.3"
!endif
!ifndef SOURCE
  !error "SOURCE is missing: the folder with the unpacked app"
!endif
!ifndef REMOVE
  !error "REMOVE is missing: the list of what the uninstaller deletes"
!endif
!ifndef OUTFILE
  !error "OUTFILE is missing"
!endif

Unicode true
ManifestDPIAware true
!ifdef QUICK
  SetCompressor /FINAL zlib
!else
  SetCompressor /SOLID lzma
!endif
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "x64.nsh"

!define PRODUCT "E-Letter Lampung Timur"
!define EXE "E-Letter Lampung Timur.exe"
!define PUBLISHER "Pemerintah Kabupaten Lampung Timur"
; One more choice under "open with" for PDF; whatever opens them now stays as it is.
!define PDF_ID "id.go.lampungtimurkab.eletter.pdf"
!define OPEN_KEY "Software\Classes\Applications\${EXE}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\id.go.lampungtimurkab.eletter"

Name "${PRODUCT}"
OutFile "${OUTFILE}"
InstallDir "$PROGRAMFILES64\${PRODUCT}"
RequestExecutionLevel admin
BrandingText "${PRODUCT} ${VERSION}"

!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"
!insertmacro MUI_LANGUAGE "English"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "${PRODUCT}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "MIT"

LangString Running ${LANG_INDONESIAN} "${PRODUCT} masih berjalan. Tutup dahulu, lalu ulangi."
LangString Running ${LANG_ENGLISH} "${PRODUCT} is still running. Close it first, then try again."
LangString Only64 ${LANG_INDONESIAN} "Aplikasi ini memerlukan Windows 64-bit."
LangString Only64 ${LANG_ENGLISH} "This application needs 64-bit Windows."
LangString DataStays ${LANG_INDONESIAN} "Surat, kunci, dan pengaturan Anda tidak dihapus."
LangString DataStays ${LANG_ENGLISH} "Your letters, keys and settings are not removed."

; A running app holds its file: it cannot be opened for writing.
!macro RefuseWhileRunning
  IfFileExists "$INSTDIR\${EXE}" 0 notRunning
  ClearErrors
  FileOpen $0 "$INSTDIR\${EXE}" a
  IfErrors 0 closeAgain
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(Running)" /SD IDOK
  SetErrorLevel 2
  Quit
  closeAgain:
  FileClose $0
  notRunning:
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(Only64)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  SetRegView 64
  SetShellVarContext all
  ; An update goes where the app already is, unless /D= says otherwise.
  ${If} $INSTDIR == "$PROGRAMFILES64\${PRODUCT}"
    ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $0 != ""
      StrCpy $INSTDIR $0
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "app"
  SectionIn RO
  !insertmacro RefuseWhileRunning
  ; The version before takes its own files away, so that none of them stays behind.
  IfFileExists "$INSTDIR\Uninstall.exe" 0 fresh
  ExecWait '"$INSTDIR\Uninstall.exe" /S _?=$INSTDIR'
  fresh:
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  FileOpen $0 "$INSTDIR\eletter.cmd" w
  FileWrite $0 '@echo off$\r$\nstart "" /b /wait "%~dp0${EXE}" --cli %*$\r$\nexit /b %errorlevel%$\r$\n'
  FileClose $0
  WriteUninstaller "$INSTDIR\Uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${EXE}"
  CreateShortcut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\${EXE}"

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  ; Names the sender of notifications: the shortcut itself cannot carry the identity without a plugin.
  WriteRegStr HKLM "Software\Classes\AppUserModelId\id.go.lampungtimurkab.eletter" "DisplayName" "${PRODUCT}"
  WriteRegStr HKLM "${OPEN_KEY}" "FriendlyAppName" "${PRODUCT}"
  WriteRegStr HKLM "${OPEN_KEY}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKLM "${OPEN_KEY}\SupportedTypes" ".pdf" ""
  WriteRegStr HKLM "Software\Classes\${PDF_ID}" "" "PDF"
  WriteRegStr HKLM "Software\Classes\${PDF_ID}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKLM "Software\Classes\.pdf\OpenWithProgids" "${PDF_ID}" ""
  ${RefreshShellIcons}
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" $0
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning
  DetailPrint "$(DataStays)"
  ; File by file, as packed: a folder that someone else also uses is never swept.
  !include "${REMOVE}"
  Delete "$INSTDIR\eletter.cmd"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  DeleteRegKey HKLM "Software\Classes\AppUserModelId\id.go.lampungtimurkab.eletter"
  DeleteRegKey HKLM "${OPEN_KEY}"
  DeleteRegKey HKLM "Software\Classes\${PDF_ID}"
  DeleteRegValue HKLM "Software\Classes\.pdf\OpenWithProgids" "${PDF_ID}"
  ${RefreshShellIcons}
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
SectionEnd

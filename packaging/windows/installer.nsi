; The installer for Windows, for the person who starts it (no administrator needed): start menu, file types, uninstaller.
; makensis -DVERSION=… -DFOLDER=… -DICON=… -DKILOBYTES=… -DOUT=… installer.nsi, with the list of what to delete in OUT.files.nsh
Unicode true
SetCompressor /SOLID lzma
Name "noiseglass"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\noiseglass"
InstallDirRegKey HKCU "Software\noiseglass" "Folder"
RequestExecutionLevel user
ManifestDPIAware true
Icon "${ICON}"
UninstallIcon "${ICON}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "noiseglass"
VIAddVersionKey "FileDescription" "Installs noiseglass"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define uninstall "Software\Microsoft\Windows\CurrentVersion\Uninstall\noiseglass"
!define classes "Software\Classes"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

!macro changed ; of file types
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  ; Of the version before, nothing stays that this one lacks. It waits only when told where it is ("_?=", unquoted, last).
  IfFileExists "$INSTDIR\uninstall.exe" 0 +2
  ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\noiseglass.lnk" "$INSTDIR\noiseglass.exe"

  WriteRegStr HKCU "Software\noiseglass" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${classes}\.noiseglass" "" "noiseglass.session"
  WriteRegStr HKCU "${classes}\noiseglass.session" "" "noiseglass session"
  WriteRegStr HKCU "${classes}\noiseglass.session\DefaultIcon" "" "$INSTDIR\noiseglass.exe,0"
  WriteRegStr HKCU "${classes}\noiseglass.session\shell\open\command" "" '"$INSTDIR\noiseglass.exe" "%1"'
  WriteRegStr HKCU "${classes}\noiseglass" "" "URL:noiseglass"
  WriteRegStr HKCU "${classes}\noiseglass" "URL Protocol" ""
  WriteRegStr HKCU "${classes}\noiseglass\shell\open\command" "" '"$INSTDIR\noiseglass.exe" "%1"'
  !insertmacro changed

  WriteRegStr HKCU "${uninstall}" "DisplayName" "noiseglass"
  WriteRegStr HKCU "${uninstall}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${uninstall}" "DisplayIcon" "$INSTDIR\noiseglass.exe"
  WriteRegStr HKCU "${uninstall}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${uninstall}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr HKCU "${uninstall}" "InstallLocation" "$INSTDIR"
  WriteRegDWORD HKCU "${uninstall}" "NoModify" 1
  WriteRegDWORD HKCU "${uninstall}" "NoRepair" 1
  WriteRegDWORD HKCU "${uninstall}" "EstimatedSize" ${KILOBYTES}
SectionEnd

Section "Uninstall"
  ; Only what was installed: the folder may be one of the person's own.
  !include "${OUT}.files.nsh"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\noiseglass.lnk"
  DeleteRegKey HKCU "${classes}\.noiseglass"
  DeleteRegKey HKCU "${classes}\noiseglass.session"
  DeleteRegKey HKCU "${classes}\noiseglass"
  DeleteRegKey HKCU "Software\noiseglass"
  DeleteRegKey HKCU "${uninstall}"
  !insertmacro changed
SectionEnd

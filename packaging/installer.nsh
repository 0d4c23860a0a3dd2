; What uninstalling asks: the vault is the person's, not the program's. An update, or a silent run, asks nothing and
; keeps everything.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    IfFileExists "$APPDATA\Grantkeep\*.*" 0 keepData
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Delete your connections, tokens and history as well?$\r$\n$\r$\nThey are in $APPDATA\Grantkeep. Tokens that are not revoked stay valid at their providers until they end.$\r$\n$\r$\nThe vault's key in the Credential Manager (entries named Grantkeep) opens nothing without them; you can delete it there." /SD IDNO IDNO keepData
      RMDir /r "$APPDATA\Grantkeep"
    keepData:
  ${endIf}
!macroend

# Installs what is missing and runs the tests. Arguments go to pytest.
# In a command window:  powershell -ExecutionPolicy Bypass -File packaging\test.ps1
. (Join-Path $PSScriptRoot 'setup.ps1')
Install-Project dev

Set-Location -LiteralPath $Root
if (-not $env:QT_QPA_PLATFORM) { $env:QT_QPA_PLATFORM = 'offscreen' }
Invoke-Checked $VenvPython (@('-m', 'pytest') + $args)

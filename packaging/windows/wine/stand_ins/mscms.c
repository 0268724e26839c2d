/* Wine 8's mscms.dll lacks WcsCreateIccProfile, without which Qt's platform plugin does not load. This one says that there
   are no colour profiles. Goes into the Wine prefix of the check only (overrides.reg puts it before Wine's own). */
#define NOTHING(name) \
    __declspec(dllexport) void *name(void) { return 0; }
#define SUCCESS(name) \
    __declspec(dllexport) int name(void) { return 1; }

NOTHING(OpenColorProfileW)
SUCCESS(CloseColorProfile)
NOTHING(WcsOpenColorProfileW)
NOTHING(WcsCreateIccProfile)
NOTHING(GetColorProfileFromHandle)
NOTHING(GetColorDirectoryW)
NOTHING(GetStandardColorSpaceProfileW)
NOTHING(WcsGetDefaultColorProfile)
NOTHING(WcsGetDefaultColorProfileSize)
NOTHING(EnumColorProfilesW)

int __stdcall DllMainCRTStartup(void *instance, unsigned reason, void *reserved) { return 1; }

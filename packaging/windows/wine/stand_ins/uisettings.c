/* The WinRT class Windows.UI.ViewManagement.UISettings, which Wine 8 lacks and Qt asks for the system's colours. It answers
   with black on white and Windows' usual blue, and never reports a change. Three objects, one each for the class factory
   and the two interfaces; they live as long as the process, so counting references is pretence.
   Goes into the Wine prefix of the check only (overrides.reg registers it). */
#include <windows.h>

typedef struct {
    void **methods;
} Object;

static const GUID UNKNOWN = {0, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID INSPECTABLE = {0xAF86E2E0, 0xB12D, 0x4C6A, {0x9C, 0x5A, 0xD7, 0xAA, 0x65, 0x10, 0x1E, 0x90}};
static const GUID AGILE = {0x94EA2B94, 0xE9CC, 0x49E0, {0xC0, 0xFF, 0xEE, 0x64, 0xCA, 0x8F, 0x5B, 0x90}};
static const GUID FACTORY = {0x00000035, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID SETTINGS = {0x85361600, 0x1C63, 0x4627, {0xBC, 0xB1, 0x3A, 0x89, 0xE0, 0xBC, 0x9C, 0x55}};
static const GUID SETTINGS_3 = {0x03021BE4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xF7, 0xD0, 0x6D, 0x7B}};

extern void *factory_methods[], *settings_methods[], *settings_3_methods[];
static Object factory = {factory_methods}, settings = {settings_methods}, settings_3 = {settings_3_methods};

static int same(const GUID *one, const GUID *other)
{
    const char *a = (const char *)one, *b = (const char *)other;
    for (unsigned i = 0; i < sizeof(GUID); i++)
        if (a[i] != b[i])
            return 0;
    return 1;
}

static HRESULT WINAPI query(Object *self, const GUID *wanted, void **out)
{
    int common = same(wanted, &UNKNOWN) || same(wanted, &INSPECTABLE) || same(wanted, &AGILE);
    *out = NULL;
    if (self == &factory) {
        if (common || same(wanted, &FACTORY))
            *out = &factory;
    } else if (common || same(wanted, &SETTINGS)) {
        *out = &settings;
    } else if (same(wanted, &SETTINGS_3)) {
        *out = &settings_3;
    }
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI add_reference(Object *self) { return 2; }
static ULONG WINAPI release(Object *self) { return 1; }

static HRESULT WINAPI interfaces(Object *self, ULONG *count, void **out)
{
    *count = 0;
    *out = NULL;
    return S_OK;
}

static HRESULT WINAPI class_name(Object *self, void **out)
{
    *out = NULL;
    return S_OK;
}

static HRESULT WINAPI trust_level(Object *self, int *out)
{
    *out = 0;
    return S_OK;
}

static HRESULT WINAPI activate(Object *self, void **out)
{
    *out = &settings;
    return S_OK;
}

static HRESULT WINAPI not_here(Object *self) { return E_NOTIMPL; }

static HRESULT WINAPI colour(Object *self, int which, BYTE *argb)
{
    enum { BACKGROUND, FOREGROUND };
    argb[0] = 255;
    if (which == BACKGROUND || which == FOREGROUND) {
        argb[1] = argb[2] = argb[3] = which == BACKGROUND ? 255 : 0;
    } else {
        argb[1] = 0;
        argb[2] = 0x78;
        argb[3] = 0xD7;
    }
    return S_OK;
}

static HRESULT WINAPI watch(Object *self, void *handler, long long *token)
{
    *token = 1;
    return S_OK;
}

static HRESULT WINAPI stop_watching(Object *self, long long token) { return S_OK; }

#define BASE query, add_reference, release, interfaces, class_name, trust_level
void *factory_methods[] = {BASE, activate};
void *settings_methods[] = {BASE, not_here, not_here, not_here, not_here, not_here, not_here, not_here,
                            not_here, not_here, not_here, not_here, not_here, not_here, not_here};
void *settings_3_methods[] = {BASE, colour, watch, stop_watching};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *name, void **out)
{
    *out = &factory;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }

BOOL WINAPI DllMainCRTStartup(void *instance, DWORD reason, void *reserved) { return TRUE; }

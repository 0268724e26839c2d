/* Windows 10 brings its own icuuc.dll, Wine 8 does not, and Qt's core asks it for 20 functions of character conversion.
   Here no converter can be opened, which Qt takes as "unknown encoding". Goes into the Wine prefix of the check only. */
#define EXPORT __declspec(dllexport)
#define FILE_ACCESS_ERROR 4

static void fail(int *error)
{
    if (error)
        *error = FILE_ACCESS_ERROR;
}

EXPORT void *ucnv_open(const char *name, int *error) { fail(error); return 0; }
EXPORT void ucnv_close(void *converter) {}
EXPORT void ucnv_reset(void *converter) {}
EXPORT signed char ucnv_getMaxCharSize(void *converter) { return 1; }
EXPORT const char *ucnv_getName(void *converter, int *error) { fail(error); return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { fail(error); return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int index) { return 0; }
EXPORT int ucnv_toUCountPending(void *converter, int *error) { return 0; }
EXPORT int ucnv_fromUCountPending(void *converter, int *error) { return 0; }

/* The callbacks are handed around as addresses and never called, since no converter exists. */
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void ucnv_cbToUWriteUChars(void *arguments, const void *source, int length, int offset, int *error) { fail(error); }
EXPORT void ucnv_cbFromUWriteUChars(void *arguments, const void **source, const void *limit, int offset, int *error)
{
    fail(error);
}

#define GET_CALLBACK(name)                                                   \
    EXPORT void name(void *converter, void **action, const void **context)   \
    {                                                                        \
        if (action)                                                          \
            *action = 0;                                                     \
        if (context)                                                         \
            *context = 0;                                                    \
    }
#define SET_CALLBACK(name)                                                                          \
    EXPORT void name(void *converter, void *action, const void *context, void **old_action,         \
                     const void **old_context, int *error)                                          \
    {                                                                                               \
        fail(error);                                                                                \
    }
#define CONVERT(name)                                                                               \
    EXPORT void name(void *converter, void *target, const void *target_limit, void *source,         \
                     const void *source_limit, int *offsets, signed char flush, int *error)         \
    {                                                                                               \
        fail(error);                                                                                \
    }

GET_CALLBACK(ucnv_getToUCallBack)
GET_CALLBACK(ucnv_getFromUCallBack)
SET_CALLBACK(ucnv_setToUCallBack)
SET_CALLBACK(ucnv_setFromUCallBack)
CONVERT(ucnv_toUnicode)
CONVERT(ucnv_fromUnicode)

int __stdcall DllMainCRTStartup(void *instance, unsigned reason, void *reserved) { return 1; }

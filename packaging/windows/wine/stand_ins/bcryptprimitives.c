/* Wine 8 has no ProcessPrng, the one function of this library that extension modules built with Rust ask for.
   Goes into the Wine prefix of the check only. */
#define EXPORT __declspec(dllexport)

int __stdcall SystemFunction036(void *buffer, unsigned long size); /* RtlGenRandom */

EXPORT int ProcessPrng(unsigned char *buffer, unsigned long long size)
{
    const unsigned long slice = 0x10000;
    while (size > 0) {
        unsigned long now = size > slice ? slice : (unsigned long)size;
        if (!SystemFunction036(buffer, now))
            return 0;
        buffer += now;
        size -= now;
    }
    return 1;
}

int __stdcall DllMainCRTStartup(void *instance, unsigned reason, void *reserved) { return 1; }

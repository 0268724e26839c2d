/* The code of python3.dll: none, all of its names are forwarded. */
int __stdcall DllMainCRTStartup(void *instance, unsigned reason, void *reserved) { return 1; }

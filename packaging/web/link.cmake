# How the program is linked for the browser: noiseglass.js and .wasm. The assets come from page.js.
target_link_options(noiseglass PRIVATE
  -Os  # of what is compiled for speed: 6.5 MB instead of 6.7
  -sTEXTDECODER=0  # which asks for SharedArrayBuffer, even where there is none
  -sUSE_GLFW=3 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
  -sFORCE_FILESYSTEM -lidbfs.js
  -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=134217728 -sMAXIMUM_MEMORY=2147483648
  -sSTACK_SIZE=2097152 -sDEFAULT_PTHREAD_STACK_SIZE=2097152
  # Workers that are there before they are needed; none where there can be none, and the program finds that out by itself.
  "-sPTHREAD_POOL_SIZE=self.crossOriginIsolated?4:0" -sPTHREAD_POOL_DELAY_LOAD -sPTHREAD_POOL_SIZE_STRICT=0
  -sEXPORTED_RUNTIME_METHODS=ccall,FS,IDBFS,addRunDependency,removeRunDependency
  -sENVIRONMENT=web,worker,node)

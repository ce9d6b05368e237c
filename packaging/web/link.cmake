# How the program is linked for the browser: noiseglass.js, .wasm and .data (the assets).
set_target_properties(noiseglass PROPERTIES LINK_DEPENDS "${NOISEGLASS_WEB_ASSETS}")
target_link_options(noiseglass PRIVATE
  -sUSE_GLFW=3 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
  -sFORCE_FILESYSTEM -lidbfs.js "--preload-file=${NOISEGLASS_WEB_ASSETS}@/app/assets"
  -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=134217728 -sMAXIMUM_MEMORY=2147483648
  -sSTACK_SIZE=2097152 -sDEFAULT_PTHREAD_STACK_SIZE=2097152 "-sPTHREAD_POOL_SIZE=navigator.hardwareConcurrency+6"
  -sEXPORTED_RUNTIME_METHODS=ccall,FS,IDBFS,addRunDependency,removeRunDependency
  -sENVIRONMENT=web,worker,node)

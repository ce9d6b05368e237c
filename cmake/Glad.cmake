# noiseglass_glad: the OpenGL 3.3 core loader, generated at build time by Debian's python3-glad.
find_program(GLAD_PROGRAM glad)
if(NOT GLAD_PROGRAM)
  noiseglass_missing("the program glad" python3-glad)
endif()
enable_language(C)

set(glad_folder ${PROJECT_BINARY_DIR}/glad)
set(glad_source ${glad_folder}/src/gl.c)
add_custom_command(
  OUTPUT ${glad_source} ${glad_folder}/include/glad/gl.h ${glad_folder}/include/KHR/khrplatform.h
  # --reproducible takes the specification that comes with the package instead of fetching it.
  COMMAND ${GLAD_PROGRAM} --api gl:core=3.3 --extensions GL_KHR_debug --out-path ${glad_folder} --quiet --reproducible c
  COMMENT "Generating the OpenGL loader"
  VERBATIM)

file(MAKE_DIRECTORY ${glad_folder}/include)
add_library(noiseglass_glad STATIC ${glad_source})
target_include_directories(noiseglass_glad SYSTEM PUBLIC ${glad_folder}/include)
target_link_libraries(noiseglass_glad PUBLIC ${CMAKE_DL_LIBS})

# Puts shaders/*.vert and *.frag into the program: a generated source that defines what
# app/render/program.h declares as shader_source().
#
# Included from a CMakeLists.txt it defines noiseglass_embed_shaders(target); run with cmake -P it writes OUTPUT.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(embed_shaders_script ${CMAKE_CURRENT_LIST_FILE})

  function(noiseglass_embed_shaders target)
    set(folder ${PROJECT_SOURCE_DIR}/shaders)
    file(GLOB shaders CONFIGURE_DEPENDS ${folder}/*.vert ${folder}/*.frag)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_shaders.cpp)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D "FOLDER=${folder}" -D "OUTPUT=${output}" -P ${embed_shaders_script}
      DEPENDS ${shaders} ${embed_shaders_script}
      COMMENT "Embedding the shaders"
      VERBATIM)
    target_sources(${target} PRIVATE ${output})
  endfunction()
  return()
endif()

file(GLOB shaders RELATIVE ${FOLDER} ${FOLDER}/*.vert ${FOLDER}/*.frag)
list(SORT shaders)
set(entries "")
foreach(shader IN LISTS shaders)
  file(READ ${FOLDER}/${shader} text)
  string(APPEND entries "    {\"${shader}\", R\"glsl(${text})glsl\"},\n")
endforeach()
file(WRITE ${OUTPUT}
"// Generated from shaders/ by cmake/EmbedShaders.cmake.
#include \"render/program.h\"

namespace noiseglass::render {

const std::vector<ShaderSource>& shader_sources() {
  static const std::vector<ShaderSource> sources = {
${entries}  };
  return sources;
}

}  // namespace noiseglass::render
")

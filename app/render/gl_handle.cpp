#include "render/gl_handle.h"

namespace noiseglass::render {

void delete_texture(GLuint id) { glDeleteTextures(1, &id); }
void delete_framebuffer(GLuint id) { glDeleteFramebuffers(1, &id); }
void delete_vertex_array(GLuint id) { glDeleteVertexArrays(1, &id); }
void delete_shader(GLuint id) { glDeleteShader(id); }
void delete_program(GLuint id) { glDeleteProgram(id); }

}  // namespace noiseglass::render

#include "render/fullscreen_pass.h"

#include "noiseglass/error.h"
#include "render/gl_state.h"

namespace noiseglass::render {

FullscreenPass::FullscreenPass(std::string_view fragment_file) : program_("fullscreen.vert", fragment_file) {
  GLuint id = 0;
  glGenVertexArrays(1, &id);
  vertex_array_ = VertexArrayHandle(id);
}

void FullscreenPass::draw(Framebuffer& target, std::span<const GLuint> textures,
                          const std::function<void(const Program&)>& set_uniforms) const {
  const GlStateScope state;
  if (textures.size() > GlStateScope::texture_units) throw UsageError("A pass reads at most two textures.");
  glBindFramebuffer(GL_FRAMEBUFFER, target.id());
  glViewport(0, 0, target.width(), target.height());
  program_.use();
  set_uniforms(program_);
  for (std::size_t unit = 0; unit < textures.size(); ++unit) {
    glActiveTexture(GLenum(GL_TEXTURE0 + unit));
    glBindTexture(GL_TEXTURE_2D, textures[unit]);
  }
  glBindVertexArray(vertex_array_.get());
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

}  // namespace noiseglass::render

#include "render/gl_state.h"

namespace noiseglass::render {
namespace {

GLint get_integer(GLenum name) {
  GLint value = 0;
  glGetIntegerv(name, &value);
  return value;
}

void set_switch(GLenum name, GLboolean on) {
  if (on)
    glEnable(name);
  else
    glDisable(name);
}

}  // namespace

GlStateScope::GlStateScope()
    : draw_framebuffer_(get_integer(GL_DRAW_FRAMEBUFFER_BINDING)),
      read_framebuffer_(get_integer(GL_READ_FRAMEBUFFER_BINDING)),
      program_(get_integer(GL_CURRENT_PROGRAM)),
      vertex_array_(get_integer(GL_VERTEX_ARRAY_BINDING)),
      active_texture_(get_integer(GL_ACTIVE_TEXTURE)) {
  glGetIntegerv(GL_VIEWPORT, viewport_.data());
  glGetBooleanv(GL_COLOR_WRITEMASK, color_mask_.data());
  for (int i = 0; i < int(switches_.size()); ++i) {
    enabled_[i] = glIsEnabled(switches_[i]);
    glDisable(switches_[i]);
  }
  for (int unit = 0; unit < texture_units; ++unit) {
    glActiveTexture(GL_TEXTURE0 + unit);
    textures_[unit] = get_integer(GL_TEXTURE_BINDING_2D);
    samplers_[unit] = get_integer(GL_SAMPLER_BINDING);
    glBindSampler(unit, 0);
  }
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}

GlStateScope::~GlStateScope() {
  for (int unit = 0; unit < texture_units; ++unit) {
    glActiveTexture(GL_TEXTURE0 + unit);
    glBindTexture(GL_TEXTURE_2D, textures_[unit]);
    glBindSampler(unit, samplers_[unit]);
  }
  glActiveTexture(active_texture_);
  for (int i = 0; i < int(switches_.size()); ++i) set_switch(switches_[i], enabled_[i]);
  glColorMask(color_mask_[0], color_mask_[1], color_mask_[2], color_mask_[3]);
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  glUseProgram(program_);
  glBindVertexArray(vertex_array_);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, draw_framebuffer_);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, read_framebuffer_);
}

PixelTransferScope::PixelTransferScope()
    : texture_(get_integer(GL_TEXTURE_BINDING_2D)),
      unpack_buffer_(get_integer(GL_PIXEL_UNPACK_BUFFER_BINDING)),
      pack_buffer_(get_integer(GL_PIXEL_PACK_BUFFER_BINDING)) {
  for (int i = 0; i < int(settings_.size()); ++i) {
    values_[i] = get_integer(settings_[i].name);
    glPixelStorei(settings_[i].name, settings_[i].tight);
  }
  glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
  glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
}

PixelTransferScope::~PixelTransferScope() {
  for (int i = 0; i < int(settings_.size()); ++i) glPixelStorei(settings_[i].name, values_[i]);
  glBindBuffer(GL_PIXEL_UNPACK_BUFFER, unpack_buffer_);
  glBindBuffer(GL_PIXEL_PACK_BUFFER, pack_buffer_);
  glBindTexture(GL_TEXTURE_2D, texture_);
}

}  // namespace noiseglass::render

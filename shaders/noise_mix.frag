// x_t = sqrt(alpha_bar) x_0 + sqrt(1 - alpha_bar) epsilon (Ho et al. 2020, eq. 4), shown as a picture:
// [-1, 1] to [0, 1].
uniform sampler2D x_0;
uniform sampler2D epsilon;
uniform vec2 weights;      // sqrt(alpha_bar), sqrt(1 - alpha_bar)
uniform vec2 x_0_range;    // value = x * texel + y, so that byte and float textures both work
uniform vec2 origin;       // the texel that the target's first pixel starts at
uniform vec2 texel_step;   // how many texels one target pixel spans
uniform bool average;      // several texels in one pixel: use the mip levels

out vec4 color;

vec3 value(sampler2D picture, vec2 position, vec2 size) {
  if (average) return texture(picture, position / size).rgb;
  return texelFetch(picture, ivec2(clamp(position, vec2(0.0), size - 1.0)), 0).rgb;
}

void main() {
  vec2 size = vec2(textureSize(x_0, 0));
  vec2 position = origin + gl_FragCoord.xy * texel_step;
  vec3 clean = value(x_0, position, size) * x_0_range.x + x_0_range.y;
  vec3 x_t = weights.x * clean + weights.y * value(epsilon, position, size);
  color = vec4(clamp(0.5 * x_t + 0.5, 0.0, 1.0), 1.0);
}

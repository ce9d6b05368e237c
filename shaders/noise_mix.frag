// x_t = sqrt(alpha_bar) x_0 + sqrt(1 - alpha_bar) epsilon (Ho et al. 2020, eq. 4), shown as a picture:
// [-1, 1] to [0, 1]. The target has the size of both textures.
uniform sampler2D x_0;
uniform sampler2D epsilon;
uniform vec2 weights;    // sqrt(alpha_bar), sqrt(1 - alpha_bar)
uniform vec2 x_0_range;  // value = x * texel + y, so that byte and float textures both work

out vec4 color;

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  vec3 clean = texelFetch(x_0, texel, 0).rgb * x_0_range.x + x_0_range.y;
  vec3 x_t = weights.x * clean + weights.y * texelFetch(epsilon, texel, 0).rgb;
  color = vec4(clamp(0.5 * x_t + 0.5, 0.0, 1.0), 1.0);
}

#include "export/video.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace noiseglass::exports {
namespace {

namespace fs = std::filesystem;

/// A folder that goes with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "noiseglass-XXXXXX").string();
    if (error || !mkdtemp(name.data())) throw Error("Temporary files cannot be written: check the folder /tmp.");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string last_line(const std::string& file) {
  std::string last = "it gave no reason";
  try {
    const std::vector<char> bytes = read_whole(file);
    std::istringstream lines(std::string(bytes.begin(), bytes.end()));
    for (std::string line; std::getline(lines, line);)
      if (!line.empty()) last = line;
  } catch (const Error&) {
  }
  return last;
}

std::vector<std::string> arguments(const std::string& format, double rate, Shape shape, const std::string& out) {
  const std::string size = std::to_string(shape.width) + "x" + std::to_string(shape.height);
  std::vector<std::string> all = {"ffmpeg",
                                  "-hide_banner",
                                  "-loglevel",
                                  "error",
                                  "-y",
                                  "-f",
                                  "rawvideo",
                                  "-pix_fmt",
                                  "rgb24",
                                  "-s",
                                  size,
                                  "-r",
                                  std::to_string(rate),
                                  "-i",
                                  "pipe:0",
                                  "-an",
                                  "-vf",
                                  "scale=out_color_matrix=bt709:out_range=tv"};
  const std::vector<std::string> webm = {"-c:v",      "libvpx-vp9", "-crf",      "24", "-b:v",    "0",
                                         "-deadline", "good",       "-cpu-used", "4",  "-row-mt", "1"};
  const std::vector<std::string> mp4 = {"-c:v",    "libx264", "-crf",      "18",
                                        "-preset", "medium",  "-movflags", "+faststart"};
  for (const std::string& one : format == "webm" ? webm : mp4) all.push_back(one);
  for (const char* one :
       {"-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-f"})
    all.emplace_back(one);
  all.push_back(format);
  all.push_back(out);
  return all;
}

}  // namespace

bool has_ffmpeg() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty() && access((fs::path(folder) / "ffmpeg").c_str(), X_OK) == 0) return true;
  return false;
}

/// The program at work: raw pictures go in through a socket, which, unlike a pipe, kills nobody when it breaks.
struct Video::Encoder {
  TemporaryFolder folder;
  Shape shape;
  pid_t process = -1;
  int in = -1;

  ~Encoder() {
    if (in >= 0) close(in);
    if (process < 0) return;
    kill(process, SIGKILL);
    waitpid(process, nullptr, 0);
  }
  [[noreturn]] void fail() const {
    throw Error("ffmpeg could not encode this video: " + last_line(folder.file("log")) + ".");
  }
  /// Until the program has ended. @returns whether all went well
  bool wait(const std::stop_token& stop = {}) {
    if (in >= 0) close(in);
    in = -1;
    int status = 0;
    for (bool killed = false; waitpid(process, &status, WNOHANG) == 0;) {
      if (stop.stop_requested() && !killed) killed = kill(process, SIGKILL) == 0;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    process = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
};

Video::Video(std::string format, double rate) : format_(std::move(format)), rate_(rate) {
  if (!has_ffmpeg())
    throw Error("A ." + format_ +
                " needs the program ffmpeg, which is not installed (Debian: apt-get install ffmpeg); "
                "a .gif needs nothing.");
}

Video::~Video() = default;

void Video::start(Shape shape) {
  encoder_ = std::make_unique<Encoder>();
  encoder_->shape = shape;
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) encoder_->fail();
  encoder_->in = ends[1];
  std::vector<std::string> words = arguments(format_, rate_, shape, encoder_->folder.file("film." + format_));
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
  const std::string log = encoder_->folder.file("log");
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int error = posix_spawnp(&encoder_->process, "ffmpeg", &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[0]);
  if (error) {
    encoder_->process = -1;
    encoder_->fail();
  }
}

void Video::add(const ByteImage& image) {
  if (!encoder_) start(image.shape);
  if (image.shape != encoder_->shape) throw Error("All pictures of a video must have the same size.");
  const auto* at = image.data.data();
  for (std::size_t left = image.data.size(); left > 0;) {
    const ssize_t sent = send(encoder_->in, at, left, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) {
      encoder_->wait();  // what it has to say is in its log by then
      encoder_->fail();
    }
    at += sent, left -= std::size_t(sent);
  }
}

std::vector<char> Video::finish(std::stop_token stop) {
  if (!encoder_->wait(stop)) {
    if (stop.stop_requested()) throw Cancelled();
    encoder_->fail();
  }
  return read_whole(encoder_->folder.file("film." + format_));
}

}  // namespace noiseglass::exports

"""Another program that files are dragged from, as the XDND protocol (version 5) has it: for window_faults.py.

    xdnd_source.py WINDOW X Y FILE…         drags them to this place of the root window, and drops them
    xdnd_source.py WINDOW X Y --leave FILE  drags it over the window, and away again
    xdnd_source.py WINDOW X Y --die FILE    drops it, and ends before anybody has got its name

Prints what became of it: "taken", "refused", "left" or "dead".
"""

import pathlib
import sys
import time

from Xlib import X, Xatom, display
from Xlib.protocol import event

VERSION = 5


class Source:
    def __init__(self, target, files):
        self.display = display.Display()
        self.root = self.display.screen().root
        self.window = self.root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
        self.target = self.display.create_resource_object("window", target)
        self.list = "".join(pathlib.Path(file).absolute().as_uri() + "\r\n" for file in files).encode()
        self.selection = self.atom("XdndSelection")
        self.window.set_selection_owner(self.selection, X.CurrentTime)

    def atom(self, name):
        return self.display.intern_atom(name)

    def send(self, kind, *values):
        data = [self.window.id, *values, 0, 0, 0, 0][:5]
        self.target.send_event(event.ClientMessage(window=self.target, client_type=self.atom(kind), data=(32, data)))
        self.display.flush()

    def await_message(self, kind, seconds=20):
        """Answers who asks for the files meanwhile."""
        end = time.time() + seconds
        while time.time() < end:
            if not self.display.pending_events():
                time.sleep(0.01)
                continue
            came = self.display.next_event()
            if came.type == X.SelectionRequest:
                self.answer(came)
            elif came.type == X.ClientMessage and came.client_type == self.atom(kind):
                return came.data[1]
        raise TimeoutError(f"no {kind} came")

    def answer(self, request):
        goes_to = request.property
        if request.target == self.atom("text/uri-list"):
            request.requestor.change_property(goes_to, request.target, 8, self.list)
        elif request.target == self.atom("TARGETS"):
            request.requestor.change_property(goes_to, Xatom.ATOM, 32, [self.atom("text/uri-list")])
        else:
            goes_to = X.NONE
        request.requestor.send_event(event.SelectionNotify(
            time=request.time, requestor=request.requestor, selection=request.selection, target=request.target, property=goes_to))
        self.display.flush()

    def enter(self, x, y):
        self.send("XdndEnter", VERSION << 24, self.atom("text/uri-list"))
        self.send("XdndPosition", 0, x << 16 | y, X.CurrentTime, self.atom("XdndActionCopy"))
        return self.await_message("XdndStatus")[1] & 1


def main():
    window, x, y, *rest = sys.argv[1:]
    how = rest.pop(0) if rest[0].startswith("--") else ""
    source = Source(int(window), rest)
    takes = source.enter(int(x), int(y))
    if how == "--leave" or not takes:
        source.send("XdndLeave")
        source.display.sync()
        return print("left" if takes else "refused")
    source.send("XdndDrop", 0, X.CurrentTime)
    if how == "--die":
        source.display.sync()
        return print("dead")
    print("taken" if source.await_message("XdndFinished")[1] else "refused")  # GLFW answers with the length


if __name__ == "__main__":
    main()

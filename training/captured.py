"""One training step as a CUDA graph: these networks are so small that a GPU waits for Python between their kernels otherwise."""
import sys

import torch


class CapturedStep:
    """loss() → a scalar of what is to fall, with everything random drawn on the device; each call of run() takes one step of
    the optimiser on `net` and of its moving average `ema` (a list of tensors in the order of `averaged`)."""

    def __init__(self, net, optimizer, loss, averaged, ema, clip):
        device = next(net.parameters()).device
        self.optimizer, self.loss, self.net, self.averaged, self.ema, self.clip = optimizer, loss, net, averaged, ema, clip
        self.rate = torch.zeros((), device=device)
        self.keep = torch.zeros((), device=device)  # what of the average stays at this step
        self.total = torch.zeros((), device=device)
        self.count = 0
        for group in optimizer.param_groups:
            group["lr"] = self.rate
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):  # rate 0: what is warmed up does not move
            for _ in range(3):
                self.once()
        torch.cuda.current_stream().wait_stream(stream)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.once()
        self.total.zero_()

    def once(self):
        self.optimizer.zero_grad(set_to_none=False)
        loss = self.loss()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), self.clip)
        self.optimizer.step()
        with torch.no_grad():
            moved = torch._foreach_sub(self.averaged, self.ema)
            torch._foreach_mul_(moved, 1 - self.keep)
            torch._foreach_add_(self.ema, moved)
            self.total += loss.detach()

    def run(self, rate, keep):
        self.rate.fill_(rate)
        self.keep.fill_(keep)
        self.graph.replay()
        self.count += 1

    def mean_loss(self):
        """Of the steps since it was last asked; waits for the device."""
        mean = float(self.total) / max(1, self.count)
        self.total.zero_()
        self.count = 0
        return mean


def optimizer_for(net, settings):
    """AdamW that a graph can hold: its rate is a tensor."""
    rate = torch.tensor(float(settings["rate"]), device=next(net.parameters()).device)
    return torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=settings["weight_decay"],
                             capturable=True, foreach=True)


def compiled(net, loss):
    """net compiled, if loss() of it can be made that way, and can be followed backwards; else as it is."""
    try:
        net.compile()
        loss().backward()
    except Exception as why:  # a missing compiler, a kernel that it cannot make: slower, not wrong
        print(f"not compiled: {str(why).splitlines()[0]}", file=sys.stderr, flush=True)
        net._compiled_call_impl = None
    net.zero_grad(set_to_none=True)

"""One process per core: each computes the gradient of its own batch, then all take the mean.

Processes that wait for each other once a step stand a busy machine better than threads that do so
in every operation. With a GPU there is one process.
"""
import os
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp


def place() -> tuple[int, int, str]:
    """This worker's number, the number of workers, and the device."""
    if dist.is_initialized():
        return dist.get_rank(), dist.get_world_size(), "cpu"
    return 0, 1, "cuda" if torch.cuda.is_available() else "cpu"


def share(model, extra: list[float], world: int) -> list[float]:
    """Replaces the gradients, and returns `extra`, by their mean over the workers."""
    if world == 1:
        return extra
    gradients = [p.grad for p in model.parameters()]
    flat = torch.cat([*(g.flatten() for g in gradients), torch.tensor(extra)])
    dist.all_reduce(flat)
    flat /= world
    at = 0
    for g in gradients:
        g.copy_(flat[at : at + g.numel()].view_as(g))
        at += g.numel()
    return flat[at:].tolist()


def _enter(rank: int, world: int, store: str, function, arguments) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo", init_method=f"file://{store}", rank=rank, world_size=world)
    function(*arguments)
    dist.destroy_process_group()


def run(function, arguments: tuple, world: int) -> None:
    """Calls `function(*arguments)` in `world` processes (in this one if there is a GPU or `world` is 1)."""
    if world == 1 or torch.cuda.is_available():
        function(*arguments)
        return
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        mp.spawn(_enter, (world, f"{folder}/store", function, arguments), nprocs=world)

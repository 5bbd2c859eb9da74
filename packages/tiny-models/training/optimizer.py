"""Muon for the matrices of the layers, AdamW for the embedding and the norms."""
import torch


def orthogonal(g: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """The nearest half-orthogonal matrices, by Newton and Schulz's iteration; g is [count, rows, columns]."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.transpose(1, 2) if g.shape[1] > g.shape[2] else g
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        s = x @ x.transpose(1, 2)
        x = a * x + (b * s + c * s @ s) @ x
    return x.transpose(1, 2) if g.shape[1] > g.shape[2] else x


class Muon(torch.optim.Optimizer):
    """Momentum, made orthogonal (Jordan et al. 2024); matrices of one shape go through together."""

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.1):
        super().__init__(list(parameters), dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes: dict[tuple, list] = {}
            for p in group["params"]:
                if p.grad is not None:
                    shapes.setdefault(tuple(p.shape), []).append(p)
            for shape, members in shapes.items():
                updates = []
                for p in members:
                    momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
                    momentum.lerp_(p.grad, 1 - group["momentum"])
                    updates.append(p.grad.lerp(momentum, group["momentum"]))
                scale = max(1.0, shape[0] / shape[1]) ** 0.5
                for p, update in zip(members, orthogonal(torch.stack(updates))):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-group["lr"] * scale)


def optimizers(model, muon_lr: float, adam_lr: float, weight_decay: float):
    """Both optimizers; `base` keeps the peak rate for the schedule."""
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and "embed" not in n]
    embedding = [p for n, p in model.named_parameters() if "embed" in n]
    vectors = [p for n, p in model.named_parameters() if p.ndim < 2]
    adam = torch.optim.AdamW([{"params": embedding, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}], lr=adam_lr, betas=(0.9, 0.98))
    both = [Muon(matrices, muon_lr, weight_decay=weight_decay), adam]
    for optimizer in both:
        for group in optimizer.param_groups:
            group["base"] = group["lr"]
    return both

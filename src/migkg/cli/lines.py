"""Lines that a command says at its end."""


def align_lines(lines: list[tuple[str, str]]) -> list[str]:
    """Two columns, the second one right-aligned where it holds numbers."""
    first = max(len(name) for name, _ in lines)
    second = max((len(value) for _, value in lines if value[:1].isdigit()), default=0)
    return [f"{name:<{first}}  {value.rjust(second if value[:1].isdigit() else 0)}" for name, value in lines]


def one_line(text: str) -> str:
    """The text without line ends and other controls, which a file name may hold."""
    return "".join(c if c.isprintable() else "�" for c in text)

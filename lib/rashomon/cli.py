"""The command line: ``rashomon read``, ``report``, ``table`` and ``refresh``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    pass

_WRITTEN_OUT = {"max_content_width": 100, "help_option_names": ["-h", "--help"]}


class _AsWritten(click.Command):
    """A command whose examples keep their lines."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            with formatter.section("Examples"):
                for line in self.epilog.strip().splitlines():
                    formatter.write(f"  {line.strip()}\n")


class _AsWrittenGroup(_AsWritten, click.Group):
    command_class = _AsWritten


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from rashomon import __version__

        click.echo(f"rashomon {__version__}")
        ctx.exit()


@click.group(
    cls=_AsWrittenGroup,
    context_settings=_WRITTEN_OUT,
    epilog="""
    rashomon report my_articles
    rashomon read my_articles --out my_corpus
    rashomon table quantities my_articles --format csv --out quantities.csv
    rashomon table statements page.txt | head -n 3
    """,
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
              help="Show the version and leave.")  # fmt: skip
def cli() -> None:
    """Show how several outlets tell the same event, with the words that prove it."""


_jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Run so many notebooks at a time.",
)


@cli.command(
    epilog="""
    rashomon report
    rashomon report my_articles --out my_report -p since=2024-10-20 --only tone
    rashomon report my_articles --params notebooks/params/soldiers_only.yaml --jobs 4
    """
)
@click.argument("corpus", required=False)
@click.option(
    "--out",
    metavar="DIR",
    help="Folder of the report  [default: data/reports/latest, or report outside the project]",
)
@click.option(
    "--only", metavar="NAME", multiple=True, help="Run this notebook only, such as 04_tone; may be repeated."
)
@click.option("-p", "settings", metavar="NAME=VALUE", multiple=True, help="Set a parameter; may be repeated.")
@click.option(
    "--params",
    metavar="FILE",
    type=click.File(encoding="utf-8"),
    help="Set the parameters of a YAML file; -p goes before it.",
)
@_jobs_option
def report(
    corpus: str | None,
    out: str | None,
    only: tuple[str, ...],
    settings: tuple[str, ...],
    params: Any,
    jobs: int,
) -> None:
    """Run the notebooks on CORPUS and write a report.

    CORPUS is a folder or a file of articles; left out, it is the five articles in seeds.
    """
    from rashomon.parameters import ParameterError, cast_parameter, parse_parameters
    from rashomon.report import write_report

    values = parse_parameters(params.read()) if params else {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign:
            raise ParameterError(f"-p {setting}: write it as -p name=value")
        values[name] = cast_parameter(name, text)
    if corpus is not None and values.get("corpus", corpus) != corpus:
        raise ParameterError(
            f"two corpora: {corpus!r} and the parameter corpus={values['corpus']!r}; give one"
        )
    chosen = corpus if corpus is not None else str(values.get("corpus", "seeds"))
    folder = write_report(chosen, out=out or _default_out(), only=only, parameters=values, jobs=jobs)
    click.echo(str(_near(folder / "index.html")))


_columns_option = click.option(
    "--column",
    "columns",
    metavar="FIELD=NAME",
    multiple=True,
    help="For tables: which column holds the text, title, published, outlet … ; may be repeated.",
)


@cli.command(
    epilog="""
    rashomon read my_articles --out my_corpus
    rashomon read export.zip --out my_corpus
    rashomon read stories.csv --column text=body --column published=pub_date --out my_corpus
    """
)
@click.argument("path")
@click.option("--out", metavar="DIR", required=True, help="Folder of the partitions and the load report.")
@_columns_option
@click.option("--lines", is_flag=True, help="Take each line as a text of its own.")
@click.option(
    "--part-size",
    metavar="N",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Most articles of a partition.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Describe texts with so many processes.",
)
def read(path: str, out: str, columns: tuple[str, ...], lines: bool, part_size: int, jobs: int) -> None:
    """Read PATH (a file, a folder, a glob or an archive) into Parquet tables, and report what was read."""
    from rashomon.intake import REPORT, load_corpus

    load = load_corpus(
        path,
        out=out,
        columns=_parse_columns(columns),
        as_lines=lines,
        articles_per_part=part_size,
        jobs=jobs,
    )
    click.echo(
        f"{load.n_files:,} files in, {load.n_articles:,} articles out; {load.n_rejects:,} could not be read, "
        f"{load.n_duplicates:,} doubles, {load.n_conflicts:,} date conflicts, "
        f"{load.counts['date']['none']:,} without a date",
        err=True,
    )
    click.echo(str(_near((Path(out).expanduser() / REPORT).resolve())))


def _parse_columns(columns: tuple[str, ...]) -> dict[str, str]:
    from rashomon._reading.records import FIELDS

    chosen = {}
    for setting in columns:
        name, sign, column = setting.partition("=")
        if not sign or name not in ("text", *FIELDS):
            raise click.UsageError(
                f"--column {setting}: write it as FIELD=NAME, FIELD one of {', '.join(('text', *FIELDS))}"
            )
        chosen[name] = column
    return chosen


@cli.command(
    epilog="""
    rashomon table articles my_articles --format csv
    rashomon table quantities sentences.jsonl --lines
    rashomon table tone my_articles --format parquet --out tone.parquet
    """
)
@click.argument("name")
@click.argument("path")
@click.option(
    "--format",
    "fmt",
    type=click.Choice(["jsonl", "csv", "parquet"]),
    help="How to write it  [default: by --out, else jsonl]",
)
@click.option(
    "--lines",
    is_flag=True,
    help="Take each line (of JSON lines: its text) as a text of its own; its id is its article_id.",
)
@click.option("--out", metavar="FILE", help="Write to a file instead of printing.")
@_columns_option
def table(
    name: str, path: str, fmt: str | None, lines: bool, out: str | None, columns: tuple[str, ...]
) -> None:
    """Print the table NAME of the articles in PATH: a file, a folder, a glob or an archive."""
    from rashomon.tables import TABLES

    if name not in TABLES:
        raise click.UsageError(f"no table {name!r}; there are {', '.join(TABLES)}")
    by_ending = Path(out).suffix.lower().lstrip(".") if out else ""
    form = fmt or (by_ending if by_ending in ("jsonl", "csv", "parquet") else "jsonl")
    if form == "parquet" and not out and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for reading on a terminal; add --out FILE")
    from rashomon.analysis import compute_table
    from rashomon.corpus import read_corpus
    from rashomon.export import encode_table, write_whole

    corpus = read_corpus(path, as_lines=lines, columns=_parse_columns(columns))
    if len(corpus.rejects) and name != "rejects":
        one = corpus.rejects.iloc[0]
        click.echo(
            f"rashomon: {len(corpus.rejects)} could not be read, first {one['path']}: {one['reason']} "
            f"(all: rashomon table rejects {path})",
            err=True,
        )
    data = encode_table(compute_table(corpus, name), form)  # type: ignore[arg-type]
    if out:
        write_whole(Path(out), data)
    else:
        _print(data)


@cli.command(
    epilog="""
    rashomon refresh
    rashomon refresh --check
    """
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail when a committed output is not what the code makes now.",
)
@_jobs_option
def refresh(check: bool, jobs: int) -> None:
    """Run the committed notebooks again, in place.

    They run with their default parameters. A second refresh changes nothing.
    """
    from rashomon.read import project_root
    from rashomon.refresh import refresh_notebooks

    stale = refresh_notebooks(project_root() / "notebooks", check=check, jobs=jobs)
    for cell in stale:
        click.echo(str(cell))
    if check and stale:
        _complain(f"{len(stale)} outputs are not what the code makes now; run rashomon refresh")
        click.get_current_context().exit(1)


def main() -> None:
    """Run the command line; an error is one line, with exit code 2, or 1 when a notebook failed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # who ends us finds nothing half done either
    try:
        code = cli.main(prog_name="rashomon", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted; nothing was changed")
        os._exit(130)  # not waiting for threads that run notebooks; their kernels end by themselves
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        more = f" (see {context.command_path} --help)" if context else ""
        _complain(error.format_message().rstrip(".") + more)
        code = 2
    except (ValueError, RuntimeError, OSError) as error:
        code = _explain(error)
    sys.exit(code)


def _explain(error: Exception) -> int:
    """Say what a known error means in one line; an unknown one is our fault and shows where it is from."""
    from rashomon._pages.notebooks import RunError
    from rashomon.parameters import ParameterError
    from rashomon.read import CorpusError

    if isinstance(error, OSError):
        _complain(
            f"{error.strerror or error}: {error.filename or 'writing'}; check the path and its permissions"
        )
        return 2
    if not isinstance(error, (CorpusError, ParameterError, RunError)):
        raise error
    _complain(str(error))
    return 1 if isinstance(error, RunError) else 2


def _print(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    click.echo(f"rashomon: {' '.join(message.split())}", err=True)


def _default_out() -> Path:
    """Find where a report goes: into the project when we are in it, else here."""
    from rashomon.read import project_root

    root, here = project_root(), Path.cwd()
    in_project = here.is_relative_to(root) and (root / "notebooks").is_dir()
    return root / "data" / "reports" / "latest" if in_project else here / "report"


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

"""Shards done by an executor that may lose its workers, its answers or its way: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field

from toolkit.article import Problem
from toolkit.cache import built, kept
from toolkit.errors import SettingError, ToolkitError
from toolkit.shard import Numbered, Recipe, Shard, joined, nothing

Factory = Callable[[], Executor]

AHEAD = 2
"""Shards in flight for each worker."""
WORKERS = 8
"""How many workers an executor is taken to have that does not come from us."""
PATIENCE = 600.0
"""Seconds without an answer after which a shard is set aside and done again, article by article ..."""
ARTICLE = 120.0
"""... and after which an article is given up."""
TRIES = 3
"""How often in a row an executor may fail at nothing before it is taken to be broken."""
LONGEST = 160
"""Characters of what an executor says that are shown."""
OURS = (KeyboardInterrupt, SystemExit, GeneratorExit)
"""What means this process, and not the executor."""


class EngineError(ToolkitError):
    """An executor cannot do anything; the message says what it said."""


def done(shards: Iterable[Sequence[Numbered]], recipe: Recipe, executor: int | Factory) -> Iterator[Shard]:
    """The frames of all shards, in order, so many in flight that no worker waits and no more.

    Whatever an executor raises, gives back or keeps to itself, its stages return their errors as data: so it speaks of the
    executor. Then what was in flight is done again by a new one, shard by shard; a shard that fails alone too, article by
    article; an article that fails alone twice is left out and named. Raises EngineError if the executor cannot do nothing
    either, SettingError if the recogniser cannot be sent to another process.
    """
    _check_sent(recipe)
    engine = Engine(recipe, executor if callable(executor) else _pool_of(executor))
    most = AHEAD * (executor if isinstance(executor, int) else WORKERS)
    waiting: deque[tuple[Sequence[Numbered], Future[Shard]]] = deque()
    try:
        for shard in shards:
            waiting.append((shard, engine.begun(shard)))
            if len(waiting) >= most:
                yield _first(waiting, engine)
        while waiting:
            yield _first(waiting, engine)
    finally:
        engine.close()


def _first(waiting: deque[tuple[Sequence[Numbered], Future[Shard]]], engine: Engine) -> Shard:
    """The frames of the shard that has waited longest; if the executor failed, all that waits is settled first."""
    made = engine.answer(waiting[0][1], PATIENCE)
    if made is None:
        answers = [(each, engine.answer(asked, 0)) for each, asked in waiting]
        engine.close()
        waiting.clear()
        waiting.extend((each, _known(answer or engine.alone(each))) for each, answer in answers)
        made = waiting[0][1].result()
    waiting.popleft()
    return made


def _known(shard: Shard) -> Future[Shard]:
    future: Future[Shard] = Future()
    future.set_result(shard)
    return future


@dataclass
class Engine:
    """An executor that is made anew whenever it failed."""

    recipe: Recipe
    factory: Factory
    said: str = ""
    late: bool = False
    _pool: list[Executor] = field(default_factory=list)

    def begun(self, shard: Sequence[Numbered]) -> Future[Shard]:
        """A shard handed over; what the executor has against that is the answer."""
        try:
            if not self._pool:
                self._pool.append(self.factory())
            return self._pool[0].submit(built, shard, self.recipe)
        except OURS:
            raise
        except BaseException as error:  # isolation: executors raise what they like
            failed: Future[Shard] = Future()
            failed.set_exception(error)
            return failed

    def answer(self, future: Future[Shard], patience: float) -> Shard | None:
        """The frames that a task gives in time; None, and the reason in `said`, if it gives anything else."""
        self.late = False
        try:
            made = future.result(timeout=patience)
        except OURS:
            raise
        except TooLate:
            self.late, self.said = True, f"no answer within {patience:,.0f} seconds"
            return None
        except BaseException as error:  # isolation: executors raise what they like
            said = " ".join(str(error).split()).partition(". ")[0][:LONGEST]
            self.said = f"{type(error).__name__}: {said}".rstrip(".: ")
            return None
        if not isinstance(made, Shard):
            self.said = f"gave {type(made).__name__} in place of a shard"
            return None
        return made

    def alone(self, shard: Sequence[Numbered]) -> Shard:
        """The frames of a shard while nothing else is in flight; if that fails, of its articles one by one."""
        made = self._again(shard, PATIENCE)
        return made or kept(shard, self.recipe, joined([self._article(numbered) for numbered in shard]))

    def _article(self, numbered: Numbered) -> Shard:
        made = self._again([numbered], ARTICLE)
        if made is None:  # once more: it may have been the executor's fault
            made = self._again([numbered], ARTICLE)
        if made is not None:
            return made
        why = (
            f"took longer than {ARTICLE:,.0f} seconds to analyse" if self.late else f"broke its analysis ({self.said})"
        )
        return nothing(Problem(numbered.article.source or numbered.doc_id, "skipped", f"{why}; it was left out."))

    def _again(self, shard: Sequence[Numbered], patience: float) -> Shard | None:
        """A task, and nothing but it, on the executor or, if that failed before, on a new one that has proved to work."""
        if not self._pool:
            self._renew()
        made = self.answer(self.begun(shard), patience)
        if made is None:
            self.close()
        return made

    def _renew(self) -> None:
        """A new executor that has done an empty shard, so that neither it nor its start is blamed on an article."""
        for _ in range(TRIES):
            if self.answer(self.begun([]), PATIENCE) is not None:
                return
            self.close()
        raise EngineError(
            f"The executor failed {TRIES} times in a row at nothing at all: {self.said}. "
            "What a cache has kept is not lost: mend the executor and load again."
        )

    def close(self) -> None:
        """Let go of the executor, whatever it still does."""
        while self._pool:
            pool = self._pool.pop()
            try:
                if type(pool).__module__.startswith("loky"):
                    pool.shutdown(wait=False, kill_workers=True)  # type: ignore[call-arg]
                else:
                    pool.shutdown(wait=False)
            except OURS:
                raise
            except BaseException:  # isolation: executors raise what they like
                continue


def _pool_of(workers: int) -> Factory:
    """Pools of so many processes that work from unguarded scripts and notebooks too."""

    def made() -> Executor:
        from loky import ProcessPoolExecutor

        threads = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        pool: Executor = ProcessPoolExecutor(workers, env=threads, initializer=_orphaned, initargs=(os.getpid(),))
        return pool

    return made


def _orphaned(parent: int) -> None:
    """End this process when its parent does, as a pool's workers else outlive a parent that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _check_sent(recipe: Recipe) -> None:
    if not callable(recipe.recognizer):
        return
    import cloudpickle

    try:
        cloudpickle.dumps(recipe.recognizer)
    except Exception as error:  # isolation: what a stranger's object raises when it is packed
        raise SettingError(
            f"The recogniser {recipe.recognizer!r} cannot be sent to another process ({error}); load with executor=1."
        ) from error

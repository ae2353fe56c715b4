"""Shards done by an executor that may lose its workers, its answers or its way: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from toolkit.article import Problem
from toolkit.cache import Task, built, kept, whole
from toolkit.errors import SettingError, ToolkitError
from toolkit.shard import Numbered, Recipe, Shard, joined, nothing

Factory = Callable[[], Executor]
Made = TypeVar("Made")

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


def done(tasks: Iterable[Task], recipe: Recipe, executor: int | Factory) -> Iterator[Shard]:
    """The frames of all shards, in order, so many in flight that no worker waits and no more.

    Whatever an executor raises, gives back or keeps to itself, its stages return their errors as data: so it speaks of the
    executor. Then what was in flight is done again by a new one, shard by shard; a shard that fails alone too, article by
    article; an article that fails alone twice is left out and named. Raises EngineError if the executor cannot do nothing
    either, SettingError if the recogniser cannot be sent to another process.
    """
    _check_sent(recipe)
    engine = Engine(built, Shard, made_by(executor))
    most = at_once(executor)
    waiting: deque[tuple[Task, Future[Shard]]] = deque()
    try:
        for task in tasks:
            waiting.append((task, engine.begun(task)))
            if len(waiting) >= most:
                yield _first(waiting, engine)
        while waiting:
            yield _first(waiting, engine)
    finally:
        engine.close()


def mapped(
    items: Iterable[Any], function: Callable[[Any], Made], kind: type[Made], executor: int | Factory
) -> Iterator[Made]:
    """What a function that cannot fail gives for each item, in order, bounded and done again as `done` does.

    Raises EngineError, with what the executor said, for an item that fails alone on a new executor too.
    """
    engine = Engine(function, kind, made_by(executor))
    waiting: deque[tuple[Any, Future[Made]]] = deque()

    def first() -> Made:
        item, future = waiting.popleft()
        made = engine.answer(future, PATIENCE)
        if made is not None:
            return made
        engine.close()
        made = engine.again(item, PATIENCE)
        again = [each for each, _ in waiting]
        waiting.clear()
        if made is None:
            raise EngineError(
                f"The executor failed twice at the same task: {engine.said}. What a cache has kept is not lost."
            )
        waiting.extend((each, engine.begun(each)) for each in again)
        return made

    try:
        for item in items:
            waiting.append((item, engine.begun(item)))
            if len(waiting) >= at_once(executor):
                yield first()
        while waiting:
            yield first()
    finally:
        engine.close()


def made_by(executor: int | Factory) -> Factory:
    """What makes the executor that is meant. Raises SettingError for what is neither a number of processes nor makes one."""
    if callable(executor):
        return executor
    if not isinstance(executor, int) or isinstance(executor, bool) or executor < 1:
        raise SettingError(
            f"executor is {executor!r}; give a number of processes, 1 or more, or a function that makes an executor."
        )
    return _pool_of(executor)


def at_once(executor: int | Factory) -> int:
    """How many tasks are in flight."""
    return AHEAD * (executor if isinstance(executor, int) else WORKERS)


def _first(waiting: deque[tuple[Task, Future[Shard]]], engine: Engine[Shard]) -> Shard:
    """The frames of the shard that has waited longest; if the executor failed, all that waits is settled first."""
    made = engine.answer(waiting[0][1], PATIENCE)
    if made is None:
        answers = [(each, engine.answer(asked, 0)) for each, asked in waiting]
        engine.close()
        waiting.clear()
        waiting.extend((each, _known(answer or alone(each, engine))) for each, answer in answers)
        made = waiting[0][1].result()
    waiting.popleft()
    return made


def _known(shard: Shard) -> Future[Shard]:
    future: Future[Shard] = Future()
    future.set_result(shard)
    return future


@dataclass
class Engine(Generic[Made]):
    """An executor that is made anew whenever it failed, and what it is asked to do: a function that gives one kind of thing."""

    function: Callable[[Any], Made]
    kind: type[Made]
    factory: Factory
    said: str = ""
    late: bool = False
    _pool: list[Executor] = field(default_factory=list)

    def begun(self, item: Any) -> Future[Made]:
        """A task handed over; what the executor has against that is the answer."""
        try:
            if not self._pool:
                self._pool.append(self.factory())
            return self._pool[0].submit(self.function, item)
        except OURS:
            raise
        except BaseException as error:  # isolation: executors raise what they like
            failed: Future[Made] = Future()
            failed.set_exception(error)
            return failed

    def answer(self, future: Future[Made], patience: float) -> Made | None:
        """What a task gives in time; None, and the reason in `said`, if it gives anything else."""
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
        if not isinstance(made, self.kind):
            self.said = f"gave {type(made).__name__} in place of a {self.kind.__name__.lower()}"
            return None
        return made

    def again(self, item: Any, patience: float) -> Made | None:
        """A task, and nothing but it, on the executor or, if that failed before, on a new one that has proved to work."""
        if not self._pool:
            self._renew()
        made = self.answer(self.begun(item), patience)
        if made is None:
            self.close()
        return made

    def _renew(self) -> None:
        """A new executor that has done nothing at all, so that neither it nor its start is blamed on an article."""
        for _ in range(TRIES):
            if self._works():
                return
            self.close()
        raise EngineError(
            f"The executor failed {TRIES} times in a row at nothing at all: {self.said}. "
            "What a cache has kept is not lost: mend the executor and load again."
        )

    def _works(self) -> bool:
        """Whether the executor does what is nothing to do."""
        idle = Engine(nothing_done, int, self.factory, _pool=self._pool)
        done = idle.answer(idle.begun(0), PATIENCE) is not None
        self.said = self.said if done else idle.said
        return done

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


def alone(task: Task, engine: Engine[Shard]) -> Shard:
    """The frames of a shard while nothing else is in flight; if that fails, of its articles one by one."""
    made = engine.again(task, PATIENCE)
    return made or kept(*task, joined([_article(numbered, engine, task.recipe) for numbered in task.shard]))


def _article(numbered: Numbered, engine: Engine[Shard], recipe: Recipe) -> Shard:
    made = engine.again(Task([numbered], recipe), ARTICLE)
    if made is None:  # once more: it may have been the executor's fault
        made = engine.again(Task([numbered], recipe), ARTICLE)
    if made is not None:
        return whole(made, recipe)
    why = (
        f"took longer than {ARTICLE:,.0f} seconds to analyse" if engine.late else f"broke its analysis ({engine.said})"
    )
    return nothing(Problem(numbered.article.source or numbered.doc_id, "skipped", f"{why}; it was left out."))


def nothing_done(item: int) -> int:
    """What it is given."""
    return item


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

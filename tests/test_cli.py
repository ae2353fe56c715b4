"""The command does what the library does; an error is one line and an exit code."""

import subprocess
import sys

import pytest

from toolkit import Source
from toolkit.cli import main


def test_load_then_run_on_what_was_saved(article, tmp_path, capsys):
    assert main(["load", str(article), "-o", str(tmp_path / "corpus"), "--recognizer", "builtin", "--quiet"]) == 0
    assert "1 article" in capsys.readouterr().out
    assert (
        main(["run", "topic_mix", str(tmp_path / "corpus"), "--by", "document", "-o", str(tmp_path / "mix.csv")]) == 0
    )
    assert (tmp_path / "mix.csv").read_text(encoding="utf8").startswith("doc_id,document,topic,share")


def test_a_load_that_was_stopped_goes_on_when_it_is_run_again(tmp_path, monkeypatch, capsys):
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(f"The ferry of {n} o'clock is late.", encoding="utf8")
    words = ["load", str(tmp_path / "*.txt"), "-o", str(tmp_path / "corpus"), "--recognizer", "builtin", "--quiet"]
    monkeypatch.setattr("toolkit.pipeline.SHARD_ARTICLES", 1)
    monkeypatch.setattr("toolkit.fitting.fitted", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(words)
    opened = []
    monkeypatch.undo()
    before = Source.open
    monkeypatch.setattr(Source, "open", lambda self: opened.append(self.name) or before(self))
    assert main(words) == 0
    assert opened == []
    assert "4 articles" in capsys.readouterr().out
    assert not (tmp_path / "corpus" / "unfinished").exists()


def test_check_says_what_may_be_wrong_and_what_to_do(tmp_path, capsys):
    articles = tmp_path / "articles.csv"
    articles.write_text("lead,paper\nThe ferry is late again.,Gazette\n", encoding="utf8")
    words = ["check", str(articles), "--columns", "text=lead", "outlet=paper", "--recognizer", "builtin", "--quiet"]
    assert main([*words, "-o", str(tmp_path / "check.csv")]) == 1
    told = capsys.readouterr().out
    assert "serious  100.0%       1  no date: " in told
    assert "no outlet" not in told
    assert (tmp_path / "check.csv").is_file()


def test_check_of_a_sound_corpus_is_exit_code_0(tmp_path):
    from toolkit.loading import sample

    assert main(["check", str(sample().save(tmp_path / "sample"))]) == 0


def test_run_prints_the_frame(article, capsys):
    assert main(["run", "top_words", str(article), "--top", "3", "--recognizer", "builtin"]) == 0
    assert "word" in capsys.readouterr().out


def test_report_writes_one_file(article, tmp_path, capsys):
    assert (
        main(["report", str(article), "-o", str(tmp_path / "report.html"), "--recognizer", "builtin", "--quiet"]) == 0
    )
    assert (tmp_path / "report.html").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "topic_mix", "no/such.txt"], "There is no file or folder 'no/such.txt'"),
        (["run", "topic_mixx", "x.txt"], "There is no analysis 'topic_mixx'; there are"),
        (["run", "topic_mix", "x.txt", "-o", "x.gif"], "No exporter writes .gif"),
        (["run", "top_words", "x.txt", "--top", "many"], "top='many'; it must be of type int"),
        (
            ["check", "x.txt", "--columns", "body"],
            "--columns got 'body'; write a field and a column's name, as text=body.",
        ),
        (["check-plugin", "no/such.py"], "There is no plugin file 'no/such.py'"),
    ],
)
def test_an_error_is_one_line_and_exit_code_1(words, says, capsys):
    assert main(words) == 1
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1


def test_wrong_usage_is_exit_code_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["run"])
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["load"],
        ["run"],
        ["run", "topic_mix"],
        ["check"],
        ["report"],
        ["plugins"],
        ["new"],
        ["check-plugin"],
        ["lab"],
    ],
)
def test_help_shows_an_example(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    assert "example: toolkit" in capsys.readouterr().out


def test_help_of_run_shows_the_settings_of_the_analysis(capsys):
    with pytest.raises(SystemExit):
        main(["run", "topic_mix", "--help"])
    assert "--measure" in capsys.readouterr().out


def test_plugins_are_listed_and_a_broken_one_is_exit_code_1(tmp_path, own_registry, capsys):
    assert main(["plugins"]) == 0
    assert "topic_mix" in capsys.readouterr().out
    (tmp_path / "toolkit_broken.py").write_text("1 / 0", encoding="utf8")
    with pytest.warns(RuntimeWarning):
        own_registry.use(tmp_path)
    assert main(["plugins"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_check_plugin_prints_each_point(tmp_path, capsys):
    path = tmp_path / "toolkit_odd.py"
    path.write_text("import toolkit as tk\n@tk.analysis\ndef odd(corpus):\n    return 3\n", encoding="utf8")
    assert main(["check-plugin", str(path)]) == 1
    told = capsys.readouterr().out
    assert "ok   odd: it can be loaded" in told
    assert "FAIL odd: it answers for one article - it raised PluginError: The analysis odd gave int" in told


def test_the_command_is_installed():
    done = subprocess.run(
        [sys.executable, "-m", "toolkit.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("toolkit ")


def test_lab_brings_notebooks_and_article_into_a_folder_that_has_none(tmp_path):
    from toolkit.lab import copied, notebook_for

    assert (copied(tmp_path) / "01_first_look.ipynb").is_file()
    assert (tmp_path / "seeds" / "kremlin-talks.txt").is_file()
    assert "articles/" in notebook_for(tmp_path, "articles/").read_text(encoding="utf8")


def test_who_does_the_work_may_be_said(tmp_path, monkeypatch, capsys):
    (tmp_path / "my_threads.py").write_text(
        "from concurrent.futures import ThreadPoolExecutor\nmade = []\n"
        "def executor():\n    made.append(ThreadPoolExecutor(2))\n    return made[-1]\n"
    )
    (tmp_path / "a.txt").write_text("The ferry is late.")
    monkeypatch.chdir(tmp_path)
    words = ["load", "a.txt", "-o", "corpus", "--recognizer", "builtin", "--quiet"]
    assert main([*words, "--executor", "my_threads:executor"]) == 0
    assert len(sys.modules["my_threads"].made) == 1
    assert main([*words, "--workers", "1"]) == 0
    capsys.readouterr()
    for wrong, said in (
        (["--workers", "0"], "--workers got 0; it must be 1 or more."),
        (["--executor", "my_threads:nobody"], "write module:function"),
        (["--executor", "no_such_module:executor"], "write module:function"),
        (["--workers", "2", "--executor", "my_threads:executor"], "give one of them"),
    ):
        assert main([*words, *wrong]) != 0
        assert said in capsys.readouterr().err


def test_a_reader_that_has_read_enough_is_no_failure():
    code = "import sys; from toolkit.cli import main; sys.exit(main(['plugins']))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0

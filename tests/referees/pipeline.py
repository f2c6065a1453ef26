"""Runs what `init --ci` wrote, as its host would, in a clone of a repository.

    pipeline.py github|gitlab|forgejo FILE EVENT REPOSITORY PAGES

EVENT is `pull_request`, `push` or `schedule`. REPOSITORY is a bare one, and
PAGES the folder that readers would see: it is served while the jobs run. The
programs are those of the PATH; cargo, which would install them, and gh, which
would open a change, only say so.
The last line is whether something was published. Fails when a job does.
"""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import yaml


# The same for every run, so that the address of what is published stays.
PORT = 48317


def main():
    host, file, event, repository, pages = sys.argv[1:]
    pipeline = yaml.load(Path(file).read_text(), Loader=Texts)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), event, Path(repository).resolve(), Path(pages).resolve())
        run = gitlab if host == "gitlab" else actions
        results = run(pipeline, world)
        if host == "forgejo":
            world.publish_branch()
    for job, result in results.items():
        print(f"{job}: {result}")
    print("published" if world.is_published else "published nothing")
    sys.exit("failure" in results.values())


class Texts(yaml.SafeLoader):
    """A reader to which `on` is a word."""


Texts.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag != "tag:yaml.org,2002:bool"]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class World:
    """A machine for the jobs, and what is published."""

    def __init__(self, folder, event, repository, pages):
        self.folder, self.event, self.repository, self.pages = folder, event, repository, pages
        self.is_published = False
        self.uploaded = folder / "uploaded"
        self.address = serve(pages)
        bin = folder / "bin"
        bin.mkdir()
        for name in ("cargo", "gh"):
            (bin / name).write_text(f'#!/bin/sh\necho "not run: {name} $*"\n')
            (bin / name).chmod(0o755)
        self.environment = {
            **{name: os.environ[name] for name in ("SOURCE_DATE_EPOCH", "LANG") if name in os.environ},
            "HOME": str(folder),
            "PATH": f"{bin}:{os.environ['PATH']}",
        }

    def workspace(self, job, is_empty=False):
        place = self.folder / "jobs" / job
        place.mkdir(parents=True)
        if not is_empty:
            subprocess.run(["git", "clone", "--quiet", self.repository, place], check=True)
        return place

    def shell(self, script, place, environment):
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        status = subprocess.run(command, cwd=place, env={**self.environment, **environment}, check=False)
        return status.returncode == 0

    def publish(self, folder):
        shutil.rmtree(self.pages, ignore_errors=True)
        shutil.copytree(folder, self.pages)
        self.is_published = True

    def publish_branch(self):
        """What Codeberg serves, if it is another than before."""
        clone = self.folder / "pages"
        command = ["git", "clone", "--quiet", "--branch", "pages", self.repository, clone]
        if subprocess.run(command, check=False).returncode == 0:
            shutil.rmtree(clone / ".git")
            if subprocess.run(["diff", "-rq", clone, self.pages], check=False).returncode != 0:
                self.publish(clone)


def serve(folder):
    """The address at which a folder can be read."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    folder.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


# GitHub and Forgejo


def actions(pipeline, world):
    needs = {}
    for name, job in pipeline["jobs"].items():
        asked = job.get("needs", [])
        asked = [asked] if isinstance(asked, str) else asked
        context = {
            "github": github(world),
            "runner": {"temp": str(world.folder / "temp" / name)},
            "vars": {},
            "needs": {other: needs[other] for other in asked},
            "steps": {},
        }
        is_well = all(needs[other]["result"] == "success" for other in asked)
        if not wanted(job, context, is_well):
            needs[name] = {"result": "skipped", "outputs": {}}
            continue
        result = Job(name, job, context, world).run()
        outputs = {key: filled(text, context) for key, text in job.get("outputs", {}).items()}
        needs[name] = {"result": result, "outputs": outputs}
    return {name: job["result"] for name, job in needs.items()}


def github(world):
    return {
        "event_name": world.event,
        "actor": "lantern",
        "ref": "refs/heads/main",
        "repository": "/".join(world.repository.with_suffix("").parts[-2:]),
        "server_url": f"file://{world.repository.parent.parent}",
        "token": "none",
    }


class Job:
    def __init__(self, name, job, context, world):
        self.job, self.context, self.world = job, context, world
        is_empty = not any("checkout" in step.get("uses", "") for step in job["steps"])
        self.workspace = world.workspace(name, is_empty)
        self.temp = Path(context["runner"]["temp"])
        self.temp.mkdir(parents=True)
        context["github"]["workspace"] = str(self.workspace)

    def run(self):
        is_well = True
        for step in self.job["steps"]:
            if wanted(step, self.context, is_well):
                is_well &= self.step(step)
        return "success" if is_well else "failure"

    def step(self, step):
        said = self.temp / "output"
        said.write_text("")
        works = self.action(step, said) if "uses" in step else self.command(step, said)
        outputs = dict(line.split("=", 1) for line in said.read_text().splitlines())
        self.context["steps"][step.get("id", "")] = {"outputs": outputs}
        return works

    def command(self, step, said):
        usual = self.job.get("defaults", {}).get("run", {}).get("working-directory", ".")
        place = self.workspace / filled(step.get("working-directory", usual), self.context)
        environment = {
            **{f"GITHUB_{key.upper()}": value for key, value in self.context["github"].items()},
            "GITHUB_OUTPUT": str(said),
            "GITHUB_PATH": str(self.temp / "path"),
            "RUNNER_TEMP": str(self.temp),
        }
        own = {key: filled(text, self.context) for key, text in step.get("env", {}).items()}
        return self.world.shell(step["run"], place, {**environment, **own})

    def action(self, step, said):
        """What GitHub's own actions do, as far as it can be seen."""
        name = step["uses"].split("@")[0]
        if name == "actions/configure-pages":
            said.write_text(f"base_url={self.world.address}\n")
        elif name == "actions/upload-pages-artifact":
            shutil.copytree(filled(step["with"]["path"], self.context), self.world.uploaded)
        elif name == "actions/deploy-pages":
            self.world.publish(self.world.uploaded)
            said.write_text(f"page_url={self.world.address}/\n")
        elif name not in ("actions/checkout", "actions/cache"):
            sys.exit(f"{name} is not known here")
        return True


def wanted(part, context, is_well):
    """Whether a job or a step runs, of which `if` says when."""
    condition = str(part.get("if", "true")).removeprefix("${{").removesuffix("}}").strip()
    return (is_well or "cancelled()" in condition) and bool(value(condition, context))


def filled(text, context):
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: str(value(found[1], context) or ""), text)


def value(expression, context):
    """An expression of a workflow: names, texts, `==`, `!=`, `!`, `&&` and `||`."""

    def part(found):
        word = found[0]
        signs = {"&&": " and ", "||": " or ", "!": " not ", "true": "True"}
        if word in signs or word.startswith("'"):
            return signs.get(word, word)
        return "False" if word == "cancelled()" else repr(looked_up(word, context))

    parts = r"'[^']*'|&&|\|\||!(?!=)|[A-Za-z_][\w.-]*(?:\(\))?"
    return eval(re.sub(parts, part, expression).strip(), {"__builtins__": {}})  # noqa: S307


def looked_up(name, context):
    for key in name.split("."):
        context = (context or {}).get(key)
    return context


# GitLab


def gitlab(pipeline, world):
    variables = {
        "CI_COMMIT_BRANCH": "" if world.event == "pull_request" else "main",
        "CI_DEFAULT_BRANCH": "main",
        "CI_PAGES_URL": world.address,
        "CI_PIPELINE_SOURCE": {"pull_request": "merge_request_event"}.get(world.event, world.event),
    }
    words = {"image", "workflow", "variables", "cache", "default", "stages"}
    jobs = {name: job for name, job in pipeline.items() if name not in words}
    stages = ["build", "test", "deploy", ".post"]
    results, is_well = {}, fits(pipeline["workflow"]["rules"], variables)
    for name, job in sorted(jobs.items(), key=lambda job: stages.index(job[1]["stage"])):
        if not is_well or not fits(job["rules"], variables):
            results[name] = "skipped"
            continue
        place = world.workspace(name)
        environment = {**variables, "CI_PROJECT_DIR": str(place)}
        for key, text in pipeline["variables"].items():
            environment[key] = expanded(text, environment)
        script = "\n".join(pipeline["default"]["before_script"] + job["script"])
        is_well = world.shell(script, place, environment)
        results[name] = "success" if is_well else "failure"
        if is_well and name == "pages":
            world.publish(place / job["artifacts"]["paths"][0])
    return results


def fits(rules, variables):
    return any(compared(rule["if"], variables) for rule in rules)


def compared(rule, variables):
    left, sign, right = (expanded(word.strip('"'), variables) for word in rule.split())
    return (left == right) == (sign == "==")


def expanded(text, variables):
    return re.sub(r"\$(\w+)", lambda found: variables[found[1]], text)


main()

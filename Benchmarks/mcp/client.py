#!/usr/bin/env python3
"""The MCP server against the official Python client.

    Benchmarks/mcp/client.py TREE [--codira PATH] [--calls N] [--clients N] [--seed N]

TREE has an index. The client (`mcp` from the Python registry, installed into Benchmarks/work by the first run) checks
every answer against the tool's output schema. N calls with names drawn from the index and with random texts go through
one session, then several clients ask at once while `codira index` runs, then broken input is sent past the client.
Prints counts, latencies and the server's memory; exit 1 where anything is wrong.
"""
import argparse
import asyncio
import json
import pathlib
import random
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "Benchmarks/work/mcp"
NOISE = "abcxyz_.:()[]{}<>*?\"'\\/-+&|^~!@#$%`=,; \t\néß漢字🙂\x00\x1b"


def install():
    python = ENVIRONMENT / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "mcp"], check=True)
    if pathlib.Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        sys.exit(subprocess.run([python, __file__, *sys.argv[1:]]).returncode)


def resident(pid):
    """Megabytes of a process."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def servers():
    """The processes of servers that this one started."""
    done = subprocess.run(["pgrep", "-f", "mcp serve --tools all"], capture_output=True, text=True)
    return [int(word) for word in done.stdout.split()]


class Questions:
    def __init__(self, codira, tree, seed):
        self.random = random.Random(seed)
        done = subprocess.run(
            [codira, "symbols", "--json", "--limit", "2000"], cwd=tree, capture_output=True, check=True)
        rows = json.loads(done.stdout)["results"]
        self.names = [row["qualified_name"] for row in rows] + [row["id"] for row in rows]
        self.files = sorted({row["path"] for row in rows})

    def text(self):
        if self.random.random() < 0.5:
            return self.random.choice(self.names)
        return "".join(self.random.choices(NOISE, k=self.random.randint(1, 40)))

    def next(self):
        name = {"name": self.text()}
        return self.random.choice([
            ("explore", {"query": self.text(), "budget": self.random.randint(200, 4000)}),
            ("search", {"query": self.text(), "limit": self.random.randint(1, 50)}),
            ("symbol", name), ("calls", name | {"depth": self.random.randint(1, 3)}), ("map", {}), ("status", {}),
            ("outline", {"file": self.random.choice(self.files)}), ("references", name),
            ("implementations", name), ("impact", name),
        ])


async def session(options, work):
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    parameters = StdioServerParameters(
        command=str(options.codira), args=["mcp", "serve", "--tools", "all", "-C", str(options.tree)])
    async with stdio_client(parameters) as (reading, writing):
        async with ClientSession(reading, writing) as client:
            await client.initialize()
            return await work(client)


async def many_calls(client, options):
    questions = Questions(options.codira, options.tree, options.seed)
    tools = (await client.list_tools()).tools
    print(f"{len(tools)} tools")
    times, errors, largest, memory = {}, 0, 0, []
    server = servers()[-1]
    for number in range(options.calls):
        tool, arguments = questions.next()
        started = time.perf_counter()
        result = await client.call_tool(tool, arguments)
        times.setdefault(tool, []).append(time.perf_counter() - started)
        failed = getattr(result, "isError", None) or getattr(result, "is_error", None)
        payload = getattr(result, "structuredContent", None) or getattr(result, "structured_content", None)
        if failed or payload is None:
            text = result.content[0].text
            if "status" not in (payload or {}) or payload["error"]["code"] == "internal":
                errors += 1
                print(f"  {tool} {arguments}: {text}")
        else:
            largest = max(largest, len(json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()))
        if number % max(1, options.calls // 10) == 0:
            memory.append(resident(server))
    for tool, all_times in sorted(times.items()):
        quantiles = statistics.quantiles(all_times, n=20)
        print(f"  {tool:16} {len(all_times):6} calls, p50 {1e3 * statistics.median(all_times):6.1f} ms, "
              f"p95 {1e3 * quantiles[18]:6.1f} ms")
    print(f"{options.calls} calls, {errors} errors, largest payload {largest} bytes, "
          f"memory {' '.join(f'{value:.0f}' for value in memory)} MB")
    return errors + (largest > 12_100)


async def some_calls(client, options, number):
    questions = Questions(options.codira, options.tree, options.seed + number)
    for _ in range(20):
        tool, arguments = questions.next()
        await client.call_tool(tool, arguments)
    return 0


async def at_once(options):
    index = subprocess.Popen(
        [options.codira, "index", "--no-embeddings", "--full", "--quiet"], cwd=options.tree,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    results = await asyncio.gather(
        *(session(options, lambda client, n=n: some_calls(client, options, n)) for n in range(options.clients)),
        return_exceptions=True)
    bad = [result for result in results if result != 0]
    print(f"{options.clients} clients at once while an index ran (exit {index.wait()}): {len(bad)} failed {bad[:2]}")
    return len(bad)


def broken_input(options):
    ping = b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n'
    pieces = [b"{\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n", b"x" * 10_000_000 + b"\n", b'{"jsonrpc":"1.0"}\n', b"\n", b"{"]
    bad = 0
    for piece in pieces:
        done = subprocess.run(
            [options.codira, "mcp", "-C", options.tree], input=ping + piece + (ping if piece[-1:] == b"\n" else b""),
            capture_output=True, timeout=20)
        pings = done.stdout.count(b'"result":{}')
        fine = done.returncode == 0 and pings == (2 if piece[-1:] == b"\n" else 1)
        fine = fine and all(json.loads(line) for line in done.stdout.splitlines())
        bad += not fine
    print(f"{len(pieces)} pieces of broken input: {bad} not answered as they should be")
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=pathlib.Path)
    parser.add_argument("--codira", type=pathlib.Path, default=ROOT / ".build/release/codira")
    parser.add_argument("--calls", type=int, default=1_000)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    install()
    bad = asyncio.run(session(options, lambda client: many_calls(client, options)))
    bad += asyncio.run(at_once(options))
    bad += broken_input(options)
    left = servers()
    print(f"{len(left)} servers left")
    sys.exit(1 if bad or left else 0)


if __name__ == "__main__":
    main()

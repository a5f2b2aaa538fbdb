"""NDCG@10 with binary relevance, as the annotations of Benchmarks/quality are judged."""

import math


def answers(query):
    """Every answer of a query as (path, first line or None, last line or None)."""
    found = []
    for answer in query["relevant"] + query.get("secondary", []):
        if isinstance(answer, str):
            found.append((answer, None, None))
        else:
            found.append((answer["path"], answer.get("start_line"), answer.get("end_line")))
    return found


def matches(answer, result):
    """Whether a result is in the answer's file and, where the answer has lines, touches them."""
    path, first, last = answer
    if result["path"] != path:
        return False
    if first is None:
        return True
    return result["start_line"] <= (last or first) and result["end_line"] >= first


def ranks(wanted, results):
    """The best rank of each answer that is found, from 1; a result may serve several answers."""
    found = []
    for answer in wanted:
        for rank, result in enumerate(results, start=1):
            if matches(answer, result):
                found.append(rank)
                break
    return sorted(found)


def ndcg(wanted, results, limit=10):
    """Each answer counts once, at its best rank among the first `limit` results."""
    gain = sum(1 / math.log2(rank + 1) for rank in ranks(wanted, results[:limit]))
    ideal = sum(1 / math.log2(place + 2) for place in range(min(len(wanted), limit)))
    return gain / ideal if ideal else 0.0

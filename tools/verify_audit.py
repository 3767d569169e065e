#!/usr/bin/env python3
"""Check an exported audit log without trusting the program that wrote it: one file, no dependencies, Python ≥ 3.8.

    python3 verify_audit.py log.jsonl --key <public key hex> [--known heads.jsonl]
``log.jsonl`` comes from the export page, or straight from the database:
    psql -At -c "SELECT line FROM audit_export ORDER BY position, rank, number" > log.jsonl
``--key`` is the public key you were given on another way; ``--known`` are heads kept elsewhere (witness, paper).
Exit code 0: nothing found; 1: tampering found and located; 2: the file cannot be judged.
SM3 is GB/T 32905-2016, the tree RFC 6962, the signature Ed25519 (RFC 8032): all written out below.
"""

import argparse
import hashlib
import json
import struct
import sys
from pathlib import Path

CONTEXT = b"hrss audit tree head 1\n"
SM3_START = struct.unpack(">8I", bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e"))


def sm3_plain(data):
    """SM3 written out; slow, for a Python whose OpenSSL has none."""
    mask = 0xFFFFFFFF

    def rol(x, n):
        return ((x << n % 32) | (x >> (32 - n % 32))) & mask

    state = SM3_START
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack(">Q", len(data) * 8)
    for at in range(0, len(padded), 64):
        w = list(struct.unpack(">16I", padded[at : at + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rol(w[j - 3], 15)
            w.append(x ^ rol(x, 15) ^ rol(x, 23) ^ rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            ss1 = rol((rol(a, 12) + e + rol(0x79CC4519 if j < 16 else 0x7A879D8A, j)) & mask, 7)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & mask & g)
            tt1 = (ff + d + (ss1 ^ rol(a, 12)) + (w[j] ^ w[j + 4])) & mask
            tt2 = (gg + h + ss1 + w[j]) & mask
            a, b, c, d, e, f, g, h = tt1, a, rol(b, 9), c, tt2 ^ rol(tt2, 9) ^ rol(tt2, 17), e, rol(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]  # noqa: B905 - Python 3.8 has no strict
    return struct.pack(">8I", *state)


sm3 = (lambda data: hashlib.new("sm3", data).digest()) if "sm3" in hashlib.algorithms_available else sm3_plain

# --- Ed25519 ---------------------------------------------------------------------------------------------------------
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point_add(a, b):
    """Add two points in extended coordinates (RFC 8032 §5.1.4)."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_times(s, p):
    """Multiply a point."""
    q = (0, 1, 1, 0)
    while s:
        if s & 1:
            q = point_add(q, p)
        p, s = point_add(p, p), s >> 1
    return q


def point_read(data):
    """Decompress a point; None when there is none."""
    sign, y = divmod(int.from_bytes(data[:32], "little"), 1 << 255)
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if (x * x - xx) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_read((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_is_valid(key, message, signature):
    """Tell whether the signature is the key's."""
    a, r, s = point_read(key), point_read(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = point_times(s, BASE), point_add(r, point_times(h, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def canonical(value):
    """Give the one spelling of a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parse(line):
    """Read JSON keeping every digit."""
    whole = lambda digits: int(digits) if len(digits) <= 18 else {"$number": digits}  # noqa: E731
    return json.loads(line, parse_float=lambda digits: {"$number": digits}, parse_int=whole)


class Check:
    """Goes through an export line by line and collects findings: kind, first event, last event, words."""

    def __init__(self, keys=(), known=()):
        self.keys, self.known = keys, {row["head"]["number"]: row for row in known}
        self.findings, self.events, self.heads = [], 0, 0
        self.find = lambda *finding: self.findings.append(finding)
        self.size, self.peaks, self.whole, self.vouched, self.seq = 0, [], True, 0, 1
        self.before, self.header, self.begin = None, {}, 1
        self.mismatches = []  # (seq, stored leaf, computed leaf): kept to the end for naming swaps

    def line(self, line):
        """Take one line."""
        if line.startswith('{"event":{'):  # our own spelling: hash the bytes as they stand, parse only on doubt
            body, _, rest = line.rstrip("\n").rpartition(',"leaf":"')
            leaf, comma, seq = rest.partition('","seq":')
            if comma and seq[:-1].isdigit() and sm3(b"\0" + body[9:].encode()).hex() == leaf:
                return self.event(int(seq[:-1]), bytes.fromhex(leaf), None)
        try:
            row = parse(line)
            if "leaf" not in row:
                return self.head(row) if "head" in row else self.start(row)
            return self.event(int(row["seq"]), bytes.fromhex(row["leaf"]), row)
        except (ValueError, KeyError, TypeError, AttributeError):
            return self.find("altered", self.seq, self.seq, "这一行读不懂")

    def start(self, header):
        """Take the header of a slice: the tree's edge before it, vouched for by a signed head."""
        if self.header or self.before or self.seq > 1 or header["first"] < 1:
            raise ValueError("a header belongs at the top")
        if header["first"] > 1:
            self.before, peaks = header["after"], bytes.fromhex(header["peaks"])
            self.size = self.vouched = self.before["head"]["size"]
            self.seq, self.peaks = self.size + 1, [peaks[at : at + 32] for at in range(0, len(peaks), 32)]
            if len(self.peaks) != bin(self.size).count("1") or self.root().hex() != self.before["head"]["root"]:
                self.find("altered", 1, self.size, "切片的起点与它前面的树头不符")
        self.header, self.begin = header, self.seq

    def event(self, seq, leaf, row):
        """Take an event; ``row`` is None when its bytes already matched."""
        if seq < self.seq:
            return self.find("inserted", seq, seq, f"应为第 {self.seq} 条的地方是第 {seq} 条")
        if seq > self.seq:
            self.find("deleted", self.seq, seq - 1, "中间缺少记录")
            self.whole = False
        self.events, self.seq = self.events + 1, seq + 1
        if row is not None and row.get("event") is None:
            self.find("deleted", seq, seq, "事件被删除，只剩封存摘要")
        elif row is not None and sm3(b"\0" + canonical(row["event"])) != leaf:
            self.mismatches.append((seq, leaf, sm3(b"\0" + canonical(row["event"]))))
        node, at = leaf, self.size
        while at & 1:
            node, at = sm3(b"\1" + self.peaks.pop() + node), at >> 1
        self.peaks.append(node)
        self.size += 1
        return None

    def root(self):
        """Give the root of what was read so far."""
        reached = self.peaks[-1] if self.peaks else sm3(b"")
        for peak in reversed(self.peaks[:-1]):
            reached = sm3(b"\1" + peak + reached)
        return reached

    def head(self, row):
        """Take a head: its number, chain, root, and what is known of it elsewhere."""
        head, before = row["head"], self.before
        number, size = head["number"], head["size"]
        signed = CONTEXT + canonical(before["head"]) + bytes.fromhex(before["signature"]) if before else b""
        if number != (before["head"]["number"] + 1 if before else 1):
            self.find("forked", 0, 0, f"第 {number} 号树头前面缺号或重号")
        elif head["previous"] != (sm3(signed).hex() if before else "00" * 32):
            self.find("forked", 0, 0, f"第 {number} 号树头没有接在前一个之后")
        elif before and (size < before["head"]["size"] or head["at"] < before["head"]["at"]):
            self.find("forked", 0, 0, f"第 {number} 号树头倒退")
        if self.known.pop(number, row) != row:
            self.find("forked", self.vouched + 1, size, f"第 {number} 号树头与别处保存的不同")
        if self.whole and size != self.seq - 1:
            kind = "truncated" if size >= self.seq else "inserted"
            self.find(kind, min(self.seq, size + 1), max(self.seq - 1, size), f"第 {number} 号树头记载 {size} 条")
        elif self.whole and self.root().hex() != head["root"]:
            self.find("altered", self.vouched + 1, size, f"封存摘要算不出第 {number} 号树头的根")
        elif self.whole:
            self.vouched = size
        self.whole = self.whole and self.vouched == size
        self.before, self.heads = row, self.heads + 1

    def check_signature(self, row):
        """Check one signature; a head names all before it, so the last one vouches for the chain."""
        message, signature = CONTEXT + canonical(row["head"]), bytes.fromhex(row["signature"])
        keys = self.keys or self.header.get("keys", {}).values()
        if not any(ed25519_is_valid(bytes.fromhex(key), message, signature) for key in keys):
            self.find("forged", 0, 0, f"第 {row['head']['number']} 号树头的签名不是这把公钥的")

    def finish(self):
        """Take the end of the file; gives all findings."""
        places = {leaf: seq for seq, leaf, _ in self.mismatches}
        for seq, _, computed in self.mismatches:
            kind, text = (
                ("swapped", f"这里是第 {places[computed]} 条") if computed in places else ("altered", "与封存时不同")
            )
            self.find(kind, seq, seq, text)
        last, seen = self.seq - 1, self.before["head"] if self.before else {"size": 0, "number": 0}
        if last < self.header.get("last", last):
            self.find("truncated", last + 1, self.header["last"], "文件不到开头说明的末尾")
        if seen["size"] < last:
            self.find("inserted", seen["size"] + 1, last, "没有树头覆盖")
        for row in filter(None, (self.header.get("after"), self.before)):
            self.check_signature(row)
        for number, row in sorted(self.known.items()):
            if number > seen["number"]:
                self.find("truncated", self.seq, row["head"]["size"], f"缺少别处保存的第 {number} 号树头")
        return self.findings


def main():
    """Read the arguments, check the file, print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log")
    parser.add_argument("--key", nargs="*", default=(), help="公钥（十六进制）；不给就用文件里的，而伪造者可以换掉它")
    parser.add_argument("--known", help="别处保存的树头，一行一个")
    options = parser.parse_args()
    try:
        known = Path(options.known).read_text("utf-8").splitlines() if options.known else []
        check = Check(options.key, map(json.loads, known))
        with Path(options.log).open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                check.line(line)
        findings = check.finish()
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"无法判断：{error}", file=sys.stderr)
        return 2
    for kind, first, last, text in findings:
        print(f"{kind.upper():9} 第 {first}-{last} 条：{text}")
    print(f"第 {check.begin} 条起共 {check.events} 条事件，{check.heads} 个树头，{len(findings)} 处问题")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

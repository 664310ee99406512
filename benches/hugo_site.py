"""A brief site written out for Hugo: the same articles, topics, entities and lists.

In: the folder of a brief site whose content brief reads without a warning. Out: a folder that Hugo builds: contents
with the settings and templates of benches/hugo. The entry is HugoSite; what it learns of the site stays with it, so
that one changed article can be written again without the others.

Hugo is spared what brief does while it builds: names are looked for here and stand in the front matter, and links
between articles are written as the URLs they lead to.
"""

import multiprocessing
import pathlib
import re
import shutil

TEMPLATES = pathlib.Path(__file__).resolve().parent / "hugo"
WORD = re.compile(r"[\w\u064b-\u0652\u0640]+")
LINK = re.compile(r"\[([^\]]*)\]\(([^()\s]+\.md)(#[^()\s]*)?\)")
WIKI = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
# What brief looks for no names in: headings, links.
UNSEARCHED = re.compile(r"^#.*$|\[\[[^\]]*\]\]|\[[^\]]*\]\([^)]*\)", re.M)


def parts(path):
    """Front matter and body of a file."""
    _, front, body = path.read_text(encoding="utf-8-sig").split("---\n", 2)
    return front, body


def take(front, key):
    """The text or texts of a key, and the front matter without it. Good for what editors write in one line or list."""
    found = re.search(rf"^{key}:[ ]*(.*)\n((?:[ ]*- .*\n|[ ]+.*\n)*)", front, re.M)
    if not found:
        return [], front
    inline, block = found.groups()
    values = [inline] if inline and not inline.startswith("[") else inline.strip("[]").split(",")
    values += [line.strip()[2:] for line in block.splitlines() if line.strip().startswith("- ")]
    values = [value.strip().strip("\"'") for value in values]
    return [value for value in values if value], front[: found.start()] + front[found.end() :]


def day_of(front):
    """Year, month and day of an article."""
    return re.search(r"^date: [\"']?(\d{4})-(\d\d)-(\d\d)", front, re.M).groups()


def stem_of(path):
    return path.parent.name if path.stem == "index" else path.stem


class HugoSite:
    """Knows the names and the URLs of a brief site, and writes it for Hugo into `target`."""

    def __init__(self, site, target):
        self.site, self.target = site, target
        self.names, self.ids, self.pages = {}, {}, {}
        for path in sorted(site.glob("content/entities/**/*.md")):
            front, _ = parts(path)
            self.ids[path.stem] = path.stem
            for name in take(front, "name")[0] + take(front, "aliases")[0]:
                self.ids.setdefault(name, path.stem)
                self._add_name(name, path.stem)
        for names in self.names.values():
            names.sort(key=lambda name: -len(name[0]))
        self.articles = sorted(site.glob("content/articles/**/*.md"))
        for path, title, day in in_parallel(title_and_day, self.articles):
            self._add_page(path, title, day)

    def _add_name(self, name, entity):
        names = self.names.setdefault(WORD.search(name).group(), [])
        if name not in (other for other, _ in names):
            names.append((name, entity))

    def _add_page(self, path, title, day):
        url = f"/{'/'.join(day)}/{stem_of(path)}.html"
        self.pages[str(path.relative_to(self.site))] = self.pages[stem_of(path)] = (title, url)

    def write(self):
        """Writes the whole site."""
        shutil.copytree(TEMPLATES, self.target)
        for taxonomy in ("entities", "topics"):
            for path in self.site.glob(f"content/{taxonomy}/**/*.md"):
                self._write_term(taxonomy, path)
        days = {day for day in in_parallel(self.write_article, self.articles)}
        for day in days:
            self._write_periods(day)

    def write_new(self, path):
        """Writes an article that was not there before."""
        self._add_page(*title_and_day(path))
        self._write_periods(self.write_article(path))

    def write_article(self, path):
        """Writes one article into the folder of its day; the day."""
        front, body = parts(path)
        declared, front = take(front, "entities")
        day = day_of(front)
        about = dict.fromkeys(self.ids[name] for name in declared if name in self.ids)
        about |= dict.fromkeys(self.mentions(body))
        body = LINK.sub(lambda link: self._link(path, link), body)
        body = WIKI.sub(self._wiki_link, body)
        folder = self.target / "content" / "/".join(day)
        file = folder / f"{stem_of(path)}.md"
        if path.stem == "index":
            shutil.copytree(path.parent, folder / stem_of(path), dirs_exist_ok=True)
            file = folder / stem_of(path) / "index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        url = self.pages[stem_of(path)][1]
        own = f"url: {url}\nentities: [{', '.join(about)}]\n"
        file.write_text(f"---\n{front}{own}---\n{body}", encoding="utf-8")
        return day

    def mentions(self, body):
        """The entities whose names stand in a text, word for word and the longest at each place."""
        text = UNSEARCHED.sub(" ", body)
        end = 0
        for word in WORD.finditer(text):
            if word.start() < end:
                continue
            for name, entity in self.names.get(word.group(), ()):
                after = word.start() + len(name)
                if text.startswith(name, word.start()) and not WORD.match(text, after):
                    yield entity
                    end = after
                    break

    def _link(self, source, link):
        text, path, fragment = link.groups()
        target = (source.parent / path).resolve()
        page = target.is_relative_to(self.site) and self.pages.get(str(target.relative_to(self.site)))
        return f"[{text}]({page[1]}{fragment or ''})" if page else link.group()

    def _wiki_link(self, link):
        name, text = link.groups()
        if name in self.pages:
            title, url = self.pages[name]
        else:
            title, url = name, f"/entities/{self.ids[name]}/" if name in self.ids else f"/topics/{name}/"
        return f"[{text or title}]({url})"

    def _write_term(self, taxonomy, path):
        front, body = parts(path)
        # Keys that mean something else to Hugo.
        for key, other in (("name", "title"), ("aliases", "spellings"), ("kind", "entity_kind")):
            front = re.sub(rf"^{key}:", f"{other}:", front, flags=re.M)
        file = self.target / "content" / taxonomy / path.stem / "_index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{front}---\n{body}", encoding="utf-8")

    def _write_periods(self, day):
        """Year, month and day are sections: cheaper for Hugo than taxonomies."""
        for depth in (1, 2, 3):
            file = self.target / "content" / "/".join(day[:depth]) / "_index.md"
            if not file.exists():
                layout = "day" if depth == 3 else "section"
                file.write_text(f'---\ntitle: "{"-".join(day[:depth])}"\nlayout: {layout}\n---\n', encoding="utf-8")


def title_and_day(path):
    front, _ = parts(path)
    return path, take(front, "title")[0][0], day_of(front)


def in_parallel(function, items):
    """The results for many items on all cores, for few at once."""
    if len(items) < 500:
        return [function(item) for item in items]
    # Handed on by the fork and not item by item, for it may be a method of something large.
    global shared
    shared = function
    with multiprocessing.get_context("fork").Pool() as pool:
        return pool.map(call_shared, items, chunksize=200)


def call_shared(item):
    return shared(item)

//! What happens to a newsroom next. In: random numbers and the world as it is. Out: edits. [`Author::edit`] is the entry.

use super::{
    edits::{Edit, OWN_PARTS},
    values::{Author, LATER_STEMS, REQUIRED, SETTINGS, STEMS, kind, stem},
    world::{self, Document, World},
};

/// Keys that are edited, by the folder of the document; one that stands here twice is edited twice as often.
const KEYS: &[(&str, &str)] = &[
    (
        "articles",
        "title title title date date date slug topics topics topics entities entities entities story story draft draft \
         not_entities aliases publish_at expires priority kind image summary points updated authors sources \
         corrections short_title lang lang dateline translated_from translation_of",
    ),
    ("topics", "name name name names parent parent aliases image iptc"),
    (
        "entities",
        "name name aliases aliases aliases kind role match facts facts redirect_from names same_as wikidata image",
    ),
    ("stories", "name name names status milestones milestones"),
    ("editions", "title intro items items agenda"),
    ("pages", "title title summary aliases draft lang"),
];

/// Built-in templates that are overridden, and the parts that only the site has.
const TEMPLATES: [&str; 14] = [
    "base.html",
    "article.html",
    "front.html",
    "day.html",
    "topic.html",
    "entity.html",
    "period.html",
    "page.html",
    "404.html",
    "parts/card.html",
    "parts/item.html",
    "parts/footer.html",
    OWN_PARTS[0],
    OWN_PARTS[1],
];
/// UI texts, those with plural forms among them.
const UI: [&str; 6] = [
    "nav:\n  home",
    "front:\n  briefing",
    "article:\n  topics",
    "entity:\n  latest",
    "day:\n  label",
    "reading:\n  few",
];
const STATICS: [&str; 6] = [
    "logo.svg",
    "brief.css",
    "theme.css",
    "extra/note.txt",
    ".well-known/security.txt",
    "script.js",
];

impl Author<'_> {
    /// An article of some day, and now and then an image beside it.
    pub(super) fn new_article(&mut self, world: &World) -> Vec<Edit> {
        let date = self.date(world);
        let mut stem = if self.is_fault() || self.random.chance(5) {
            self.random.pick(&LATER_STEMS).to_string()
        } else if self.random.chance(10) {
            self.random.pick(&self.words.names).replace(' ', "-")
        } else {
            self.random.pick(&STEMS).to_string()
        };
        // Most have names of their own; two in one place are one article that is written anew.
        if self.random.chance(80) {
            stem = format!("{stem}-{}", self.random.below(90));
        }
        let folder = match self.random.below(8) {
            0 => "desk".to_owned(),
            _ => date[..10].replace('-', "/"),
        };
        let has_image = self.random.chance(20);
        let ending = if has_image { "/index" } else { "" };
        let path = format!("content/articles/{folder}/{stem}{ending}.md");
        let path = self.in_some_language(world, path);
        let mut edits = Vec::new();
        if has_image {
            edits.push(Edit::Image { path: beside(&path, "chart.png"), width: 60 });
        }
        let mut article = self.new_document(world, &path);
        if let Edit::Add { document, .. } = &mut article {
            document.front.insert("date".to_owned(), date);
        }
        edits.push(article);
        edits
    }

    /// The path of a file in another language, beside one that is there or alone; on a site of one language now and then.
    fn in_some_language(&mut self, world: &World, path: String) -> String {
        let settings = world.document(world::SETTINGS);
        let is_likely = settings.is_some_and(|it| it.front.contains_key("languages"));
        if !self.random.chance(if is_likely { 45 } else { 2 }) {
            return path;
        }
        let folder = format!("content/{}/", kind(&path));
        let beside = self.document(&folder, world).filter(|_| self.random.chance(70));
        let path = beside.unwrap_or(path);
        let path = path.strip_suffix(".md").unwrap_or(&path);
        let path = path.strip_suffix(".en").unwrap_or(path);
        format!("{path}.en.md")
    }

    /// A document of the folder's kind with some of its keys.
    pub(super) fn new_document(&mut self, world: &World, path: &str) -> Edit {
        let mut document = Document::default();
        for key in keys(path) {
            let percent = match key {
                "title" | "name" => 100,
                "topics" | "entities" | "items" => 35,
                "kind" if kind(path) == "entities" => 100,
                "story" => 18,
                _ => 4,
            };
            if self.random.chance(percent)
                && let Some(value) = self.value(world, path, key)
            {
                document.front.insert(key.to_owned(), value);
            }
        }
        document.body = self.paragraphs(world, path);
        Edit::Add { path: path.to_owned(), document }
    }
}

/// What happens to it.
impl Author<'_> {
    /// One edit, or two that belong together.
    pub(super) fn edit(&mut self, world: &World) -> Vec<Edit> {
        match self.random.below(100) {
            0..=21 => vec![self.key_of("content/articles/", world)],
            22..=30 => vec![self.body_of("content/articles/", world)],
            31..=38 => self.new_article(world),
            39..=43 => vec![self.delete("content/articles/", world)],
            44..=48 => vec![self.move_article(world)],
            49..=73 => vec![self.of_registry(world)],
            74..=79 => vec![self.template(world)],
            80..=81 => vec![self.ui()],
            82..=85 => vec![self.setting()],
            86..=89 => vec![self.file(world)],
            90..=93 => vec![self.wait()],
            _ => vec![self.oddity(world)],
        }
    }

    fn key_of(&mut self, prefix: &str, world: &World) -> Edit {
        let Some(path) = self.document(prefix, world) else { return Edit::Nothing };
        let key = self.random.pick(&keys(&path)).to_string();
        let old = world.document(&path).and_then(|it| it.front.get(&key));
        let mut value = self.value(world, &path, &key);
        for _ in 0..5 {
            if value.as_ref() == old {
                value = self.value(world, &path, &key);
            }
        }
        Edit::Set { path, key, value }
    }

    fn body_of(&mut self, prefix: &str, world: &World) -> Edit {
        let Some(path) = self.document(prefix, world) else { return Edit::Nothing };
        let paragraphs = self.paragraphs(world, &path);
        Edit::Body { path, paragraphs }
    }

    fn delete(&mut self, prefix: &str, world: &World) -> Edit {
        self.document(prefix, world).map_or(Edit::Nothing, |path| Edit::Delete { path })
    }

    /// To another name, to another folder, or from a file to a folder of the same stem and back.
    fn move_article(&mut self, world: &World) -> Edit {
        let Some(from) = self.document("content/articles/", world) else { return Edit::Nothing };
        let day = "content/articles/2023/09/12";
        let to = match self.random.below(6) {
            0 => return Edit::Move { from: folder(&from).to_owned(), to: format!("{day}/moved") },
            1 | 2 => match from.strip_suffix("/index.md") {
                Some(path) => format!("{path}.md"),
                None => from.replace(".md", "/index.md"),
            },
            3 => format!("{day}/{}.md", stem(&from)),
            4 => format!("content/articles/desk/{}.markdown", stem(&from)),
            _ => beside(&from, &format!("{}.md", self.random.pick(&STEMS))),
        };
        Edit::Move { from, to }
    }

    /// Topics, entities, stories, editions and pages.
    fn of_registry(&mut self, world: &World) -> Edit {
        let folder = *self
            .random
            .pick(&["topics", "topics", "entities", "entities", "stories", "editions", "pages"]);
        let prefix = format!("content/{folder}/");
        match self.random.below(10) {
            0..=4 => self.key_of(&prefix, world),
            5 => self.body_of(&prefix, world),
            6 => self.delete(&prefix, world),
            7 => {
                let id = self.new_id(folder);
                let path = self.in_some_language(world, format!("{prefix}{id}.md"));
                self.new_document(world, &path)
            }
            _ => {
                let Some(from) = self.document(&prefix, world) else { return Edit::Nothing };
                let id = self.new_id(folder);
                Edit::Move { from, to: format!("{prefix}{id}.md") }
            }
        }
    }

    /// The id of a document that was deleted perhaps, or of what was only named so far, or a new one.
    fn new_id(&mut self, folder: &str) -> String {
        let words = self.words;
        let (known, loose) = match folder {
            "topics" => (&words.topics, &words.loose_topics),
            "entities" => (&words.entities, &words.loose_entities),
            "stories" => (&words.stories, &words.loose_stories),
            "editions" => {
                return format!("2023-{}", self.random.pick(&["11-28", "11-27", "12-03", "09-12"]));
            }
            _ => return self.random.pick(&["about", "contact", "policy", "deep/er"]).to_string(),
        };
        match self.random.below(3) {
            0 => self.random.pick(known)[0].clone(),
            1 => self.random.pick(loose).clone(),
            _ => format!("deep/new-{}", self.random.below(3)),
        }
    }

    fn template(&mut self, world: &World) -> Edit {
        let name = self.random.pick(&TEMPLATES).to_string();
        let path = format!("templates/{name}");
        if self.is_fault() {
            return Edit::Write { path, text: "{% if %}\n".to_owned() };
        }
        if self.random.chance(25) && world.sources.contains_key(&path) {
            return Edit::Delete { path };
        }
        Edit::Template { name, mark: u32::try_from(self.random.below(1000)).unwrap() }
    }

    fn ui(&mut self) -> Edit {
        let path = "templates/ui/ar.yaml".to_owned();
        if self.random.chance(20) {
            return Edit::Delete { path };
        }
        let text = format!("{}: {}\n", self.random.pick(&UI), self.random.pick(&self.words.names));
        Edit::Write { path, text }
    }

    fn setting(&mut self) -> Edit {
        let (key, values) = *self.random.pick(SETTINGS);
        let is_gone = self.random.chance(30) && !REQUIRED.contains(&key);
        let value = (!is_gone).then(|| self.random.pick(values).to_string());
        let value = if self.is_fault() { Some("[x".to_owned()) } else { value };
        Edit::Set { path: world::SETTINGS.to_owned(), key: key.to_owned(), value }
    }

    /// An image of an article, or a static file.
    fn file(&mut self, world: &World) -> Edit {
        let images: Vec<_> =
            world.sources.keys().filter(|it| it.ends_with(".png")).cloned().collect();
        let name = self.random.pick(&STATICS);
        let (path, size) = (format!("static/{name}"), self.random.below(10));
        match self.random.below(6) {
            0 | 1 if !images.is_empty() => {
                let width = u8::try_from(30 + self.random.below(200)).unwrap();
                Edit::Image { path: self.random.pick(&images).clone(), width }
            }
            2 if !images.is_empty() => Edit::Delete { path: self.random.pick(&images).clone() },
            3 => Edit::Delete { path },
            _ => Edit::Write { path, text: svg(size) },
        }
    }

    fn wait(&mut self) -> Edit {
        let hours = 1 + i64::try_from(self.random.below(60)).unwrap();
        Edit::Wait { hours: if self.random.chance(25) { -hours } else { hours } }
    }

    /// What happens to files rather than to texts.
    fn oddity(&mut self, world: &World) -> Edit {
        let Some(path) = self.document("content/", world) else { return Edit::Nothing };
        let target = self.document("content/articles/", world);
        match self.random.below(18) {
            0..=3 => Edit::Nothing,
            4..=6 => Edit::Touch { path },
            7 | 8 => Edit::PutAgain { path },
            9 => Edit::ForgetState,
            10 | 11 => Edit::Link { path, target: "nowhere.md".to_owned() },
            12 => Edit::Link {
                path: format!("content/articles/link-{}.md", self.random.below(3)),
                target: target.map_or_else(String::new, |it| format!("../../{it}")),
            },
            13 => Edit::Empty { path },
            14 => Edit::Garble { path },
            15 => Edit::Write { path, text: "---\ntitle: [\ndate: 2023-09-12\n---\n".to_owned() },
            16 => Edit::Write {
                path: "content/loose.md".to_owned(),
                text: "---\ntitle: x\n---\n".to_owned(),
            },
            _ => Edit::Undo,
        }
    }

    fn document(&mut self, prefix: &str, world: &World) -> Option<String> {
        let documents = world.documents(prefix);
        (!documents.is_empty()).then(|| self.random.pick(&documents).to_string())
    }
}

/// The keys of a document; of the settings none that counts.
fn keys(path: &str) -> Vec<&'static str> {
    let keys = KEYS.iter().find(|(folder, _)| *folder == kind(path));
    keys.map_or("title", |(_, keys)| *keys).split_whitespace().collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

pub(super) fn beside(path: &str, name: &str) -> String {
    format!("{}/{name}", folder(path))
}

pub(super) fn svg(size: usize) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"9\"/>\n")
}

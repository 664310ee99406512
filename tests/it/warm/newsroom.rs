//! The first newsroom of a sequence. In: random numbers and an empty world. Out: its files. [`write`] is the entry.

use std::collections::BTreeMap;

use super::{
    choose::svg,
    edits::{Edit, OWN_PARTS},
    random::Random,
    values::{Author, quoted},
    words::words,
    world::{Document, SETTINGS, World},
};

/// Writes about thirty articles of three months, and what they are about.
pub(super) fn write(random: &mut Random, world: &mut World) {
    let mut author = Author { random, words: words(), faults: 0 };
    let front = [
        ("base_url", "https://example.org/"),
        // Fewer than there are articles, so that feeds have an end that moves.
        ("feeds", "{items: 5}"),
        ("language", "ar"),
        ("per_page", "3"),
        ("timezone", "Asia/Riyadh"),
        ("title", "Test"),
    ];
    let mut front = pairs(&front);
    // Every other newsroom writes in two languages.
    if author.random.chance(50) {
        front.insert("languages".to_owned(), "[ar, en]".to_owned());
    }
    let settings = Document { front, body: Vec::new() };
    let mut edits = vec![Edit::Add { path: SETTINGS.to_owned(), document: settings }];
    edits.extend(author.registry());
    for name in ["page.html", OWN_PARTS[0], OWN_PARTS[1], "parts/item.html"] {
        edits.push(Edit::Template { name: name.to_owned(), mark: 0 });
    }
    for folder in ["static", "content/topics", "content/entities", "content/pages"] {
        let name = if folder == "static" { "photo.png" } else { "chart.png" };
        edits.push(Edit::Image { path: format!("{folder}/{name}"), width: 90 });
    }
    edits.push(Edit::Write { path: "static/logo.svg".to_owned(), text: svg(0) });
    edits.iter().for_each(|edit| edit.apply(world));
    for _ in 0..26 + author.random.below(8) {
        author.new_article(world).iter().for_each(|edit| edit.apply(world));
    }
    for path in
        world.documents("content/stories/").into_iter().map(str::to_owned).collect::<Vec<_>>()
    {
        let (key, value) = ("milestones".to_owned(), author.value(world, &path, "milestones"));
        Edit::Set { path, key, value }.apply(world);
    }
    for day in ["2023-11-29", "2023-11-30", "2023-10-10", "2023-12-05"] {
        author.new_document(world, &format!("content/editions/{day}.md")).apply(world);
    }
    for page in ["about", "policy"] {
        author.new_document(world, &format!("content/pages/{page}.md")).apply(world);
    }
}

impl Author<'_> {
    /// Files of topics, entities and stories.
    fn registry(&mut self) -> Vec<Edit> {
        let words = self.words;
        let mut edits = Vec::new();
        let mut add = |folder: &str, id: &str, front: &[(&str, &str)]| {
            let mut front = pairs(front);
            front.retain(|_, value| !value.is_empty());
            if folder != "stories" && self.random.chance(30) {
                front.insert("image".to_owned(), "{src: chart.png, alt: x}".to_owned());
            }
            let body = if self.random.chance(60) {
                vec![self.random.pick(&words.sentences).clone()]
            } else {
                Vec::new()
            };
            if folder == "entities" && self.random.chance(40) {
                let other = &self.random.pick(&words.entities)[0];
                front.insert("facts".to_owned(), format!("[{{label: x, value: {other}}}]"));
            }
            let path = format!("content/{folder}/{id}.md");
            edits.push(Edit::Add { path, document: Document { front, body } });
        };
        for topic in &words.topics {
            let aliases = format!("[{}]", quoted(&topic[2]));
            add(
                "topics",
                &topic[0],
                &[("name", &topic[1]), ("aliases", &aliases), ("parent", &topic[3])],
            );
        }
        for entity in &words.entities {
            let aliases = entity[3].split(", ").filter(|it| !it.is_empty()).map(quoted);
            let aliases = format!("[{}]", aliases.collect::<Vec<_>>().join(", "));
            let matching = if entity[0] == "samer-ali" { "exact" } else { "" };
            add(
                "entities",
                &entity[0],
                &[
                    ("name", &entity[2]),
                    ("kind", &entity[1]),
                    ("aliases", &aliases),
                    ("match", matching),
                ],
            );
        }
        for story in &words.stories {
            add("stories", &story[0], &[("name", &story[1])]);
        }
        edits
    }
}

fn pairs(front: &[(&str, &str)]) -> BTreeMap<String, String> {
    front.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

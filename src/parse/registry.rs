//! The fields of what articles are about: [`read_topic`], [`read_entity`], [`read_story`].

use std::collections::BTreeMap;

use crate::model::{
    registry::{Entity, EntityKind, Fact, Matching, Milestone, Story, StoryStatus, Topic},
    source::Written,
};

use super::{
    Context, article,
    fields::Table,
    value::language,
    yaml::node::{Entry, Value},
    yaml::schema,
};

/// The topic of a file; without a name, its id is the name.
pub(super) fn read_topic(table: &Table<'_, '_>, context: &Context<'_>) -> Option<Topic> {
    let id = context.stem.to_owned();
    Some(Topic {
        source: context.file.path.clone(),
        name: table.required_text("name").unwrap_or_else(|| id.clone()),
        id,
        parent: table.written("parent"),
        names: names(table),
        aliases: table.writtens("aliases"),
        iptc: table.text("iptc"),
        image: article::image(table, schema::TOPIC),
        body: context.body(),
        extra: table.extra(schema::TOPIC),
        digest: context.digest(),
    })
}

/// The entity of a file; without a name, its id is the name.
pub(super) fn read_entity(table: &Table<'_, '_>, context: &Context<'_>) -> Option<Entity> {
    let id = context.stem.to_owned();
    let matching =
        [("auto", Matching::Auto), ("exact", Matching::Exact), ("never", Matching::Never)];
    Some(Entity {
        source: context.file.path.clone(),
        name: table.required_text("name").unwrap_or_else(|| id.clone()),
        id,
        // What it is stands in the file of the site's own language.
        kind: if context.is_translation() {
            table.get("kind")
        } else {
            table.require("kind", "person")
        }
        .and_then(|_| table.choice("kind", &EntityKind::ALL)),
        aliases: table.writtens("aliases"),
        names: names(table),
        role: table.text("role"),
        wikidata: wikidata(table),
        same_as: table.urls("same_as"),
        facts: facts(table),
        image: article::image(table, schema::ENTITY),
        matching: table.choice("match", &matching).unwrap_or_default(),
        redirect_from: merged(table),
        body: context.body(),
        extra: table.extra(schema::ENTITY),
        digest: context.digest(),
    })
}

/// The ids that once were entities of their own; an editor may write the address of such a one (`/entities/id/`).
fn merged(table: &Table<'_, '_>) -> Vec<Written> {
    let mut ids = table.writtens("redirect_from");
    for id in &mut ids {
        let path = id.text.trim_matches('/');
        id.text = path.strip_prefix("entities/").unwrap_or(path).to_owned();
    }
    ids.retain(|id| !id.text.is_empty());
    ids
}

/// The running story of a file; without a name, its id is the name.
pub(super) fn read_story(table: &Table<'_, '_>, context: &Context<'_>) -> Option<Story> {
    let id = context.stem.to_owned();
    let statuses = [("ongoing", StoryStatus::Ongoing), ("ended", StoryStatus::Ended)];
    let mut milestones = table.tables("milestones", schema::STORY, None, |milestone| {
        let date = milestone.require("date", "2023-09-12").and_then(|_| milestone.day("date"));
        let text = milestone.required_text("text");
        Some(Milestone { date: date?, text: text?, article: milestone.written("article") })
    });
    milestones.sort_by_key(|milestone| milestone.date);
    Some(Story {
        source: context.file.path.clone(),
        name: table.required_text("name").unwrap_or_else(|| id.clone()),
        id,
        names: names(table),
        status: table.choice("status", &statuses).unwrap_or_default(),
        milestones,
        body: context.body(),
        extra: table.extra(schema::STORY),
        digest: context.digest(),
    })
}

/// The names of a topic, entity or story in other languages, by language tag.
fn names(table: &Table<'_, '_>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let Some(by_language) = table.table("names", &[]) else { return names };
    for entry in by_language.entries() {
        match (language::tag(&entry.key), entry.node.as_text()) {
            (Ok(tag), Some(name)) => {
                names.insert(tag, name);
            }
            (Err(meant), _) => {
                let hint = match meant {
                    Some(tag) => format!("write `{tag}:`"),
                    None => "write a BCP 47 tag, e.g. `en: …`".to_owned(),
                };
                let message = format!("«{}» is not a known language tag", entry.key);
                by_language.error(entry, "bad-language", message, hint);
            }
            (Ok(_), None) => {
                let message =
                    format!("the name in `{}` is {}, not text", entry.key, entry.node.kind());
                by_language.error(
                    entry,
                    "wrong-type",
                    message,
                    format!("write `{}: …`", entry.key),
                );
            }
        }
    }
    names
}

/// A Wikidata item; a URL of one is taken as the item.
fn wikidata(table: &Table<'_, '_>) -> Option<String> {
    let text = table.text("wikidata")?;
    let item = text.rsplit('/').next().unwrap_or_default().to_ascii_uppercase();
    let digits = item.strip_prefix('Q').unwrap_or_default();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(item);
    }
    table.error(
        table.get("wikidata")?,
        "unknown-value",
        format!("«{text}» is not a Wikidata item"),
        "write its number with `Q`, e.g. `wikidata: Q56226`",
    );
    None
}

/// The facts in order: a list of `label` and `value`, or a map of them.
fn facts(table: &Table<'_, '_>) -> Vec<Fact> {
    let Some(entry) = table.get("facts") else { return Vec::new() };
    let is_pair = |key: &str| key == "label" || key == "value";
    if let Value::Map(pairs) = &entry.node.value
        && !pairs.iter().any(|pair| is_pair(&pair.key))
    {
        let Some(facts) = table.table("facts", &[]) else { return Vec::new() };
        let fact =
            |pair: &Entry| Some(Fact { label: pair.key.clone(), value: facts.written_of(pair)? });
        return facts.entries().iter().filter_map(fact).collect();
    }
    table.tables("facts", schema::ENTITY, None, |fact| {
        let label = fact.required_text("label");
        let value = fact.require("value", "…").and_then(|_| fact.written("value"));
        Some(Fact { label: label?, value: value? })
    })
}

//! Ids, names and aliases as editors write them → positions in a list. [`Lookup::get`] is the entry.

use std::collections::HashMap;

use crate::{
    model::registry::{Entity, Story, Topic},
    text::fold,
};

/// From a folded id, name or alias to the positions of what bears it. Only looked up, never iterated.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    by_id: HashMap<String, Vec<u32>>,
    by_name: HashMap<String, Vec<u32>>,
}

impl Lookup {
    /// Of entities: id, ids merged into it; name, aliases.
    #[must_use]
    pub(super) fn of_entities(entities: &[Entity]) -> Self {
        let mut lookup = Self::default();
        for (position, entity) in (0..).zip(entities) {
            lookup.add_id(&entity.id, position);
            entity.redirect_from.iter().for_each(|id| lookup.add_id(&id.text, position));
            lookup.add_name(&entity.name, position);
            entity.aliases.iter().for_each(|alias| lookup.add_name(&alias.text, position));
        }
        lookup
    }

    /// Of topics: id; name, aliases.
    #[must_use]
    pub(super) fn of_topics(topics: &[Topic]) -> Self {
        let mut lookup = Self::default();
        for (position, topic) in (0..).zip(topics) {
            lookup.add_id(&topic.id, position);
            lookup.add_name(&topic.name, position);
            topic.aliases.iter().for_each(|alias| lookup.add_name(&alias.text, position));
        }
        lookup
    }

    /// Of stories: id; name.
    #[must_use]
    pub(super) fn of_stories(stories: &[Story]) -> Self {
        let mut lookup = Self::default();
        for (position, story) in (0..).zip(stories) {
            lookup.add_id(&story.id, position);
            lookup.add_name(&story.name, position);
        }
        lookup
    }

    /// What bears `written`: by id if there is one, else by name or alias.
    #[must_use]
    pub(super) fn get(&self, written: &str) -> &[u32] {
        let key = fold::key(written);
        self.by_id.get(&key).or_else(|| self.by_name.get(&key)).map_or(&[], Vec::as_slice)
    }

    /// Adds an id.
    pub(super) fn add_id(&mut self, id: &str, position: u32) {
        add(&mut self.by_id, id, position);
    }

    /// Adds a name or alias.
    pub(super) fn add_name(&mut self, name: &str, position: u32) {
        add(&mut self.by_name, name, position);
    }
}

fn add(table: &mut HashMap<String, Vec<u32>>, written: &str, position: u32) {
    let positions = table.entry(fold::key(written)).or_default();
    if !positions.contains(&position) {
        positions.push(position);
    }
}

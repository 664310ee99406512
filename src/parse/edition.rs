//! The fields of a day's edition and of a page outside the news: [`read_edition`], [`read_page`].

use crate::{
    diag::Place,
    model::{
        Digest,
        edition::{AgendaItem, Edition, StaticPage},
    },
};

use super::{Context, article, fields::Table, value::date, yaml::schema};

/// The edition of a file; `None` if the file is not named after a day.
pub(super) fn read_edition(table: &Table<'_, '_>, context: &Context<'_>) -> Option<Edition> {
    let stem = context.stem;
    let day = date::day(stem).ok().filter(|day| day.to_string() == stem);
    if day.is_none() {
        let message = format!("«{stem}» is not the date of an edition");
        let hint = "name the file after its day: `2023-09-12.md`";
        table.error_at(Place::FILE, "bad-file-name", message, hint);
    }
    let agenda = table.tables(
        "agenda",
        schema::EDITION,
        Some(|text| AgendaItem { date: None, text }),
        |item| Some(AgendaItem { date: item.day("date"), text: item.required_text("text")? }),
    );
    let (title, intro, items) = (table.text("title"), table.text("intro"), table.writtens("items"));
    Some(Edition {
        source: context.file.path.clone(),
        tongue: context.tongue.unwrap_or_default(),
        date: day?,
        title,
        intro,
        items,
        agenda,
        body: context.body(),
        digest: Digest::of(context.text.as_bytes()),
    })
}

/// The page of a file; without a title, its stem is the title.
pub(super) fn read_page(table: &Table<'_, '_>, context: &Context<'_>) -> Option<StaticPage> {
    let source = context.file.path.as_str();
    let path = source.strip_prefix("content/pages/").unwrap_or(source);
    let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
    let (path, _) = context.config.tongue_of_stem(path);
    let (tongue, lang) = article::tongue_and_lang(table, context);
    Some(StaticPage {
        source: source.to_owned(),
        path: path.to_owned(),
        title: table.required_text("title").unwrap_or_else(|| context.stem.to_owned()),
        summary: table.text("summary"),
        lang,
        tongue,
        aliases: article::aliases(table),
        draft: table.flag("draft").unwrap_or_default(),
        body: context.body(),
        extra: table.extra(schema::PAGE),
        digest: Digest::of(context.text.as_bytes()),
    })
}

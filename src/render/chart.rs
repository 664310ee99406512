//! A small bar chart of counts over months, as inline SVG with a text alternative. In: counts, oldest first.
//! Out: a [`Chart`]; `None` where there is too little to draw. [`chart`] is the entry.

use super::{
    desk::Desk,
    view::{Chart, Markup},
};
use crate::text::html::escape;

/// Months shown; older ones are left out.
const MONTHS: usize = 24;
const BAR: usize = 10;
const GAP: usize = 4;
const HEIGHT: usize = 48;

/// The chart of articles in each month. Time runs in the direction of the page.
pub(super) fn chart(desk: &Desk<'_>, per_month: &[(i16, i8, usize)]) -> Option<Chart> {
    let shown = &per_month[per_month.len().saturating_sub(MONTHS)..];
    let most = shown.iter().map(|month| month.2).max()?;
    if shown.len() < 2 || most == 0 {
        return None;
    }
    let months = |(year, month, count): &(i16, i8, usize)| {
        let counted = desk.count("count.articles", *count);
        desk.ui.with(
            "chart.month",
            &[("month", &desk.locale.month_year(*year, *month)), ("count", &counted)],
        )
    };
    let text = shown.iter().filter(|month| month.2 > 0).map(months).collect::<Vec<_>>();
    let text = text.join(desk.ui.text("chart.separator"));
    let name = |month: &(i16, i8, usize)| desk.locale.month_year(month.0, month.1);
    Some(Chart {
        svg: Markup::new(&svg(desk, shown, most, &text)),
        from: shown.first().map(name)?,
        to: shown.last().map(name)?,
        text,
    })
}

fn svg(desk: &Desk<'_>, shown: &[(i16, i8, usize)], most: usize, text: &str) -> String {
    let width = shown.len() * (BAR + GAP) - GAP;
    let title = escape(desk.ui.text("chart.title"));
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {width} {HEIGHT}\" width=\"{width}\" height=\"{HEIGHT}\" role=\"img\" \
         aria-labelledby=\"chart-title chart-text\"><title id=\"chart-title\">{title}</title>\
         <desc id=\"chart-text\">{}</desc>",
        escape(text)
    );
    let rtl = desk.newsroom.config.is_rtl();
    for (at, (_, _, count)) in shown.iter().enumerate() {
        let column = if rtl { shown.len() - 1 - at } else { at };
        // A month with articles shows at least a sliver, one without only the base line.
        let height = if *count == 0 { 1 } else { (count * HEIGHT).div_ceil(most).max(3) };
        let (x, y) = (column * (BAR + GAP), HEIGHT - height);
        svg.push_str(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{BAR}\" height=\"{height}\"/>"));
    }
    svg.push_str("</svg>");
    svg
}

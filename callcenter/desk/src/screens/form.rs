//! A request that is being prepared, step by step.

use desk_ui::{
    AnswerRefusal as ShownAnswerRefusal, Counter as ShownCounter, DeskWindow, FormPort, FormRow,
    Held as ShownHeld, IdentityRefusal as ShownIdentityRefusal, Level, ReviewLine, RowKind,
    Standing as ShownStanding, Tile as ShownTile,
};
use slint::{ComponentHandle, SharedString};

use super::{count, rows, worklist::said};
use crate::{
    preparation::{
        Caller, PreparationView,
        view::{
            AnswerRefusal, Asked, Counter, Find, Form, Held, Identify, IdentityRefusal,
            OptionGroup, Reading, Review, Sheet, SpokenConsent, Tile,
        },
    },
    reach::Standing,
    workplace::Touch,
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<FormPort>();
    port.on_choose(move |index| {
        if let Ok(index) = usize::try_from(index) {
            touch(Touch::Pick(index));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &PreparationView) {
    let port = window.global::<FormPort>();
    match view {
        PreparationView::Find(view) => find(&port, view),
        PreparationView::Explain(sheet) => explain(&port, sheet),
        PreparationView::Identify(view) => identify(&port, view),
        PreparationView::Fill(form) => fill(&port, form),
        PreparationView::Consent(words) => consent(&port, words),
        PreparationView::Review(view) => review(&port, view),
        PreparationView::Read(reading) => read(&port, reading),
    }
}

fn find(port: &FormPort<'_>, view: &Find) {
    port.set_query(view.query.as_str().into());
    port.set_topics(view.topics.join(" · ").into());
    port.set_more(count(view.more));
    port.set_meant(view.meant);
    let tiles = view.tiles.iter().map(tile).collect();
    if let Some(model) = rows::update(&port.get_tiles(), tiles) {
        port.set_tiles(model);
    }
    let counter = |it: &Counter| ShownCounter {
        title: it.title.as_str().into(),
        reason: it.reason.as_str().into(),
        counter: it.counter.as_str().into(),
    };
    let counters = view.counters.iter().map(counter).collect();
    if let Some(model) = rows::update(&port.get_counters(), counters) {
        port.set_counters(model);
    }
    let held = |it: &Held| ShownHeld {
        title: it.title.as_str().into(),
        description: it.description.as_str().into(),
        office: it.office.as_str().into(),
        telephone: it.telephone.as_str().into(),
        place: it.place.as_str().into(),
    };
    let holdings = view.holdings.iter().map(held).collect();
    if let Some(model) = rows::update(&port.get_holdings(), holdings) {
        port.set_holdings(model);
    }
}

fn tile(tile: &Tile) -> ShownTile {
    ShownTile {
        service: tile.service.as_str().into(),
        title: tile.title.as_str().into(),
        summary: tile.summary.as_str().into(),
        fee: tile.fee.as_str().into(),
        standing: standing(tile.standing),
        opens_at: tile.opens_at.as_str().into(),
    }
}

fn standing(standing: Standing) -> ShownStanding {
    match standing {
        Standing::Open => ShownStanding::Open,
        Standing::Closed => ShownStanding::Closed,
        Standing::NetworkAway { .. } => ShownStanding::NetworkAway,
        Standing::ExchangeAway { .. } => ShownStanding::ExchangeAway,
    }
}

fn explain(port: &FormPort<'_>, sheet: &Sheet) {
    port.set_title(sheet.title.as_str().into());
    port.set_summary(sheet.summary.as_str().into());
    port.set_fee(sheet.fee.as_str().into());
    port.set_fee_basis(sheet.fee_basis.as_str().into());
    port.set_agency(sheet.agency.as_str().into());
    port.set_hours(sheet.hours.as_str().into());
    port.set_needs_card(sheet.needs_card);
    port.set_standing(standing(sheet.standing));
    port.set_closed(sheet.closed.as_str().into());
    port.set_since(sheet.since.as_str().into());
    port.set_stale(sheet.stale);
    port.set_copies_max(count(sheet.copies_max));
    let asks = sheet.questions.iter().map(SharedString::from).collect();
    if let Some(model) = rows::update(&port.get_asks(), asks) {
        port.set_asks(model);
    }
}

fn identify(port: &FormPort<'_>, view: &Identify) {
    port.set_title(view.title.as_str().into());
    port.set_name(view.name.reveal().into());
    port.set_resident_number(view.number.reveal().into());
    port.set_level(match view.caller {
        Caller::Unknown => Level::Unknown,
        Caller::Stated => Level::Stated,
        Caller::Checked => Level::Checked,
    });
    port.set_identity_refusal(match view.refusal {
        None => ShownIdentityRefusal::None,
        Some(IdentityRefusal::NoName) => ShownIdentityRefusal::NoName,
        Some(IdentityRefusal::NotANumber) => ShownIdentityRefusal::NotANumber,
        Some(IdentityRefusal::NotSaid) => ShownIdentityRefusal::NotSaid,
        Some(IdentityRefusal::NothingToAsk) => ShownIdentityRefusal::NothingToAsk,
        Some(IdentityRefusal::KnewTooLittle) => ShownIdentityRefusal::KnewTooLittle,
    });
    port.set_has_known(view.known.is_some());
    if let Some(known) = &view.known {
        port.set_known_service(known.service.as_str().into());
        port.set_known_day(known.day.as_str().into());
        port.set_known_copies(known.copies.as_str().into());
    }
    if let Some(model) = rows::update(&port.get_knew(), view.knew.to_vec()) {
        port.set_knew(model);
    }
}

fn fill(port: &FormPort<'_>, form: &Form) {
    port.set_title(form.title.as_str().into());
    port.set_copies(count(form.copies));
    port.set_copies_max(count(form.copies_max));
    port.set_fee(form.fee.as_str().into());
    let mut picks = 0;
    let mut wanted = Vec::new();
    for (index, asked) in form.questions.iter().enumerate() {
        wanted.push(question(asked, index == 0));
        for suggestion in &asked.suggestions {
            wanted.push(FormRow {
                kind: RowKind::Suggestion,
                label: suggestion.as_str().into(),
                key: key(&mut picks),
                ..FormRow::default()
            });
        }
    }
    for group in &form.groups {
        wanted.extend(options(group, &mut picks));
    }
    if let Some(model) = rows::update(&port.get_rows(), wanted) {
        port.set_rows(model);
    }
}

/// The next key that picks; there are nine.
fn key(picks: &mut usize) -> SharedString {
    *picks += 1;
    if *picks <= 9 {
        format!("Alt+{picks}").into()
    } else {
        SharedString::default()
    }
}

fn question(asked: &Asked, first: bool) -> FormRow {
    let answer = asked.answer.as_ref().map(|it| it.reveal().as_str());
    FormRow {
        kind: RowKind::Question,
        question: asked.id.as_str().into(),
        label: asked.label.as_str().into(),
        hint: asked.hint.as_str().into(),
        start: asked.typed.reveal().into(),
        answer: answer.unwrap_or_default().into(),
        refusal: match asked.refusal {
            None => ShownAnswerRefusal::None,
            Some(AnswerRefusal::Missing) => ShownAnswerRefusal::Missing,
            Some(AnswerRefusal::NotInList) => ShownAnswerRefusal::NotInList,
            Some(AnswerRefusal::NoSuchDay) => ShownAnswerRefusal::NoSuchDay,
            Some(AnswerRefusal::NotAllowed) => ShownAnswerRefusal::NotAllowed,
        },
        first,
        ..FormRow::default()
    }
}

/// The option's heading, then its choices.
fn options(group: &OptionGroup, picks: &mut usize) -> Vec<FormRow> {
    let mut wanted = vec![FormRow {
        kind: RowKind::Heading,
        label: group.label.as_str().into(),
        ..FormRow::default()
    }];
    for choice in &group.choices {
        wanted.push(FormRow {
            kind: RowKind::Choice,
            label: choice.label.as_str().into(),
            hint: choice.explanation.as_str().into(),
            key: key(picks),
            chosen: choice.chosen,
            ..FormRow::default()
        });
    }
    wanted
}

fn consent(port: &FormPort<'_>, words: &SpokenConsent) {
    port.set_title(words.title.as_str().into());
    port.set_agency(words.agency.as_str().into());
    port.set_purpose(words.purpose.as_str().into());
    port.set_retention(words.retention.as_str().into());
    let fields = words.fields.iter().map(SharedString::from).collect();
    if let Some(model) = rows::update(&port.get_fields(), fields) {
        port.set_fields(model);
    }
}

fn review(port: &FormPort<'_>, view: &Review) {
    port.set_title(view.title.as_str().into());
    port.set_fee(view.fee.as_str().into());
    let lines = view.lines.iter().map(|line| ReviewLine {
        label: line.label.as_str().into(),
        value: line.value.reveal().into(),
    });
    if let Some(model) = rows::update(&port.get_lines(), lines.collect()) {
        port.set_lines(model);
    }
    let messaging = view.messaging.as_ref();
    let caller = messaging.and_then(|it| it.caller.as_ref());
    let typed = messaging.map(|it| it.typed.reveal().as_str());
    port.set_messages(messaging.is_some());
    port.set_telephone(typed.unwrap_or_default().into());
    port.set_telephone_refused(messaging.is_some_and(|it| it.refused));
    port.set_caller_number(
        caller
            .map(|it| it.reveal().as_str())
            .unwrap_or_default()
            .into(),
    );
    port.set_to_caller(messaging.is_some_and(|it| it.to_caller));
}

fn read(port: &FormPort<'_>, reading: &Reading) {
    port.set_title(reading.title.as_str().into());
    port.set_fee(reading.fee.as_str().into());
    port.set_needs_card(reading.needs_card);
    port.set_sent(reading.sent);
    let messaged = reading.messaged.as_ref().map(|it| it.reveal().as_str());
    port.set_messaged(messaged.unwrap_or_default().into());
    port.set_group(count(reading.group));
    if let Some(model) = rows::update(&port.get_groups(), said(&reading.groups)) {
        port.set_groups(model);
    }
    if let Some(model) = rows::update(&port.get_spoken(), said(&reading.spoken)) {
        port.set_spoken(model);
    }
}

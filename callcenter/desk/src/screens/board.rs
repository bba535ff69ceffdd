//! The supervisors' wallboard.

use desk_ui::{
    AgentLine, BoardFigures, BoardPort, DeskWindow, DoingName, QueueFigures, SlotBar, SlotForecast,
};
use distributor::BreakReason;
use figures::Doing;
use slint::ComponentHandle;

use super::{count, rows};
use crate::workplace::{
    Touch,
    view::{AgentView, BoardRowView, BoardView, ForecastView, QueueView, SlotView},
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<BoardPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::Pick(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &BoardView) {
    let port = window.global::<BoardPort>();
    port.set_at(view.at.as_str().into());
    port.set_all(figures(&view.all));
    port.set_target(view.target.as_str().into());
    port.set_occupancy(view.occupancy.as_str().into());
    port.set_serving(count(view.serving));
    if let Some(model) = rows::update(&port.get_queues(), view.queues.iter().map(queue).collect()) {
        port.set_queues(model);
    }
    if let Some(model) = rows::update(&port.get_agents(), view.agents.iter().map(agent).collect()) {
        port.set_agents(model);
    }
    port.set_selected(view.selected.map_or(-1, count));
    port.set_calls_most(count(view.calls_most));
    if let Some(model) = rows::update(&port.get_slots(), view.slots.iter().map(slot).collect()) {
        port.set_slots(model);
    }
    let ahead = view.forecast.iter().map(forecast).collect();
    if let Some(model) = rows::update(&port.get_ahead(), ahead) {
        port.set_ahead(model);
    }
    port.set_outcomes(outcomes(&view.outcomes).into());
    port.set_other_outcomes(count(view.other_outcomes));
    port.set_unsaid(count(view.unsaid));
    port.set_surveyed(view.surveyed);
    port.set_known(view.known);
}

/// Such as `안내로 끝남 35 · 신청을 준비해 드림 12`.
fn outcomes(of: &[(String, u64)]) -> String {
    let each = of.iter().map(|(title, count)| format!("{title} {count}"));
    each.collect::<Vec<_>>().join(" · ")
}

fn figures(row: &BoardRowView) -> BoardFigures {
    BoardFigures {
        waiting: count(row.waiting),
        longest_wait: row.longest_wait.as_str().into(),
        callbacks: count(row.callbacks),
        service_level: row.service_level.as_str().into(),
        below: row.below,
        abandonment: row.abandonment.as_str().into(),
        offered: count(row.offered),
        answered: count(row.answered),
        abandoned: count(row.abandoned),
        opinion: row.opinion.as_str().into(),
    }
}

fn queue(queue: &QueueView) -> QueueFigures {
    QueueFigures {
        name: queue.name.as_str().into(),
        within_seconds: count(queue.within_seconds),
        figures: figures(&queue.row),
    }
}

fn agent(agent: &AgentView) -> AgentLine {
    let (doing, reason) = match (agent.doing, &agent.reason) {
        (Doing::Idle, _) => (DoingName::Idle, ""),
        (Doing::Offered, _) => (DoingName::Offered, ""),
        (Doing::Talking, _) => (DoingName::Talking, ""),
        (Doing::WrapUp, _) => (DoingName::WrapUp, ""),
        (Doing::Resting, _) => (DoingName::Resting, ""),
        (Doing::AtKiosk, _) => (DoingName::AtKiosk, ""),
        (Doing::NoDevice, _) => (DoingName::NoDevice, ""),
        (Doing::Break, None) => (DoingName::Errand, ""),
        (Doing::Break, Some(BreakReason::OffersMissed)) => (DoingName::OffersMissed, ""),
        (Doing::Break, Some(BreakReason::Asked(code))) => of_break(code),
    };
    AgentLine {
        name: agent.name.as_str().into(),
        doing,
        reason: reason.into(),
        lasted: agent.lasted.as_str().into(),
        wants_help: agent.wants_help,
    }
}

/// The codes desks and the switch give; another one speaks for itself.
fn of_break(code: &str) -> (DoingName, &str) {
    match code {
        "rest" => (DoingName::Rest, ""),
        "meal" => (DoingName::Meal, ""),
        "training" => (DoingName::Training, ""),
        "errand" => (DoingName::Errand, ""),
        "signing-in" => (DoingName::SigningIn, ""),
        other => (DoingName::OtherBreak, other),
    }
}

fn slot(slot: &SlotView) -> SlotBar {
    SlotBar {
        hour: slot.hour.map_or(-1, count),
        offered: count(slot.offered),
        answered: count(slot.answered),
        abandoned: count(slot.abandoned),
        expected: slot.expected.map_or(-1, count),
    }
}

fn forecast(ahead: &ForecastView) -> SlotForecast {
    SlotForecast {
        from: ahead.from.as_str().into(),
        calls: count(ahead.calls),
        agents: count(ahead.agents),
    }
}

//! The machine of a station: which image it runs, why not another, what it noticed, and what it
//! was ordered.

use fleet::{Alarm, AlarmKind, CheckResult, Deed, Duty, Outcome, Report, Rollback};
use ledger::{Attestation, Attested, GivenOrder, Machine, Store, StoreError};
use maud::{Markup, html};
use request::{StationId, Timestamp};

use super::{
    Language,
    form::form,
    role::Act,
    screen::{Tone, nothing, state, table, time},
    signed::Signed,
};

/// All that is shown of one machine.
pub(super) struct Card {
    machine: Machine,
    rollbacks: Vec<Rollback>,
    alarms: Vec<Alarm>,
    orders: Vec<GivenOrder>,
    has_bundle: bool,
    recovery_keys: usize,
    attestation: Attestation,
}

impl Card {
    /// None of a station that no machine of ours is.
    pub(super) fn read(store: &Store, station: &StationId) -> Result<Option<Self>, StoreError> {
        let Some(machine) = store.machine(station)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            machine,
            rollbacks: store.rollbacks(station)?,
            alarms: store.alarms(station)?,
            orders: store.orders(station)?,
            has_bundle: store.bundle(station)?.is_some(),
            recovery_keys: store.recovery_keys(station)?.len(),
            attestation: store.attestation(station)?,
        }))
    }

    pub(super) fn shown(&self, who: &Signed, now: Timestamp) -> Markup {
        let (language, id) = (who.language, &self.machine.station);
        html! {
            section.card {
                h2 { (language.say("장비와 이미지", "Machine and image")) }
                (self.vitals(now, language))
                @for it in &self.rollbacks { (rollback(it, now, language)) }
                @if self.has_bundle {
                    p { a href={ "/stations/" (id) "/bundle" } { (language.say("진단 자료 보기", "Read the support bundle")) } }
                }
                @if self.recovery_keys > 0 && who.may(Act::Revoke) {
                    p { a href={ "/stations/" (id) "/recovery-keys" } { (language.say("디스크 복구 키 (암호화됨)", "Recovery keys of its disk, encrypted")) } }
                }
            }
            @if !self.alarms.is_empty() {
                section.card {
                    h2 { (language.say("장비가 알린 이상", "What the machine noticed")) }
                    (alarms(&self.alarms, now, language))
                }
            }
            section.card {
                h2 { (language.say("장비 지시", "Orders to the machine")) }
                p.hint { (language.say(
                    "서명해서 보내고, 한 번만 따르고, 사람이 쓰는 동안에는 다시 시작하지 않아요. 업무를 멈추려면 위의 업무 지시를 쓰세요.",
                    "Signed, carried out once, and no restart while somebody is served. To serve nobody, use the orders above.",
                )) }
                @if who.may(Act::Tell) { (form(who, &format!("/stations/{id}/machine-order"), &order_fields(language))) }
                @if self.orders.is_empty() {
                    (nothing(language.say("아직 지시하지 않았어요.", "None yet.")))
                } @else {
                    (orders(&self.orders, now, language))
                }
            }
        }
    }

    fn vitals(&self, now: Timestamp, language: Language) -> Markup {
        let Some((report, at)) = &self.machine.report else {
            return nothing(language.say("아직 알려 온 것이 없어요.", "It has told nothing yet."));
        };
        let image = &report.image;
        html! {
            dl {
                dt { (language.say("상태", "Duty")) } dd { (duty(report, language)) }
                dt { (language.say("알려 온 때", "Told")) } dd { (time(*at, now, language)) }
                dt { (language.say("켜진 때", "Started")) } dd { (time(report.booted_at, now, language)) }
                dt { (language.say("모델", "Model")) } dd { (image.model) }
                dt { (language.say("이미지 판", "Image")) } dd { (image.version) }
                @if let Some(staged) = &image.staged {
                    dt { (language.say("다음에 시작할 판", "Starts next")) } dd { (staged) }
                }
                @if let Some(hash) = &image.root_hash {
                    dt { (language.say("루트 해시", "Root hash")) } dd.number { (hash) }
                }
                @if let Some((verdict, at)) = &self.attestation.last {
                    dt { (language.say("TPM의 증언", "The TPM's word")) }
                    dd { (attested(verdict, language)) " " (time(*at, now, language)) }
                }
                @if let Some((record, at)) = &self.machine.commissioning {
                    dt { (language.say("설치한 사람과 때", "Brought into service")) }
                    dd { (record.technician) " " (time(*at, now, language)) }
                }
            }
            @for it in report.health.iter().filter(|it| it.result == CheckResult::Failed) {
                p.wrong { (it.what) ": " (it.detail) }
            }
        }
    }
}

pub(super) fn duty(report: &Report, language: Language) -> Markup {
    let (tone, word) = match report.duty {
        Duty::InService if report.visit => (
            Tone::Good,
            language.say("사람이 쓰는 중", "somebody is served"),
        ),
        Duty::InService => (Tone::Good, language.say("서비스 중", "in service")),
        Duty::Maintenance => (Tone::Caution, language.say("점검 중", "looked after")),
        Duty::OutOfService => (Tone::Bad, language.say("서비스 안 함", "serves nobody")),
    };
    state(tone, word)
}

fn attested(verdict: &Attested, language: Language) -> Markup {
    let (tone, word) = match verdict {
        Attested::AsReleased => (
            Tone::Good,
            language.say("배포한 이미지로 시작함", "started as released"),
        ),
        Attested::NothingToCompare => (
            Tone::Neutral,
            language.say("견줄 판이 없음", "no release to compare with"),
        ),
        Attested::OtherStart => (
            Tone::Bad,
            language.say("배포한 것과 다르게 시작함", "something else has started"),
        ),
        Attested::OtherTpm => (Tone::Bad, language.say("다른 TPM", "another TPM")),
        Attested::NotProven(why) => {
            let word = language.say(
                format!("증명되지 않음: {why}"),
                format!("not proven: {why}"),
            );
            return state(Tone::Bad, &word);
        }
    };
    state(tone, word)
}

fn rollback(it: &Rollback, now: Timestamp, language: Language) -> Markup {
    let failed = it
        .checks
        .iter()
        .filter(|it| it.result == CheckResult::Failed);
    html! {
        div.rollback {
            p {
                (state(Tone::Bad, &language.say(
                    format!("{}판을 쓰지 못해 {}판으로 돌아감", it.failed, it.back_to),
                    format!("went back from {} to {}", it.failed, it.back_to),
                ))) " " (time(it.at, now, language))
            }
            @for check in failed { p { (check.what) ": " (check.detail) } }
            @if !it.log.is_empty() {
                details {
                    summary { (language.say("그때의 기록", "The log of that start")) }
                    pre tabindex="0" { (it.log.join("\n")) }
                }
            }
        }
    }
}

fn alarms(alarms: &[Alarm], now: Timestamp, language: Language) -> Markup {
    let heads = language.say(["언제", "무엇을", "어디서"], ["When", "What", "Where"]);
    let rows = html! {
        @for it in alarms {
            tr {
                td { (time(it.at, now, language)) }
                td { (state(Tone::Caution, alarm(it.kind, language))) }
                td { @if it.detail.is_empty() { "–" } @else { (it.detail) } }
            }
        }
    };
    table(
        language.say("새것부터 스무 건까지", "The newest twenty"),
        &heads,
        &rows,
    )
}

fn alarm(kind: AlarmKind, language: Language) -> &'static str {
    match kind {
        AlarmKind::StrangeDevice => {
            language.say("모르는 장치가 꽂힘", "a device that does not belong")
        }
        AlarmKind::DeviceGone => language.say("장치가 사라짐", "a device is gone"),
        AlarmKind::ClockWentBack => language.say("시계가 뒤로 감", "the clock went back"),
    }
}

fn orders(orders: &[GivenOrder], now: Timestamp, language: Language) -> Markup {
    let heads = language.say(
        ["언제", "무엇을", "누가", "결과"],
        ["When", "What", "Who", "What came of it"],
    );
    let rows = html! {
        @for it in orders {
            @let (tone, word) = outcome(it, now, language);
            tr {
                td { (time(it.given_at, now, language)) }
                td { (deed(it.deed, language)) }
                td { (it.operator) }
                td { (state(tone, &word)) }
            }
        }
    };
    table(
        language.say("새것부터 스무 건까지", "The newest twenty"),
        &heads,
        &rows,
    )
}

fn outcome(order: &GivenOrder, now: Timestamp, language: Language) -> (Tone, String) {
    let (tone, word) = match &order.outcome {
        Some(Outcome::Done) => (Tone::Good, language.say("따름", "done")),
        Some(Outcome::RefusedMidVisit) => (
            Tone::Caution,
            language.say(
                "사람이 쓰고 있어 따르지 않음",
                "not while somebody is served",
            ),
        ),
        Some(Outcome::Stale) => (
            Tone::Neutral,
            language.say("너무 늦게 받음", "came too late"),
        ),
        Some(Outcome::NotBelieved) => (Tone::Bad, language.say("믿지 않음", "not believed")),
        Some(Outcome::Failed { why }) => {
            return (
                Tone::Bad,
                language.say(format!("실패: {why}"), format!("failed: {why}")),
            );
        }
        None if now > order.until => (
            Tone::Neutral,
            language.say("받지 못해 없던 일이 됨", "was not heard in time"),
        ),
        None => (Tone::Neutral, language.say("아직", "not yet")),
    };
    (tone, word.to_owned())
}

pub(super) fn deed(deed: Deed, language: Language) -> &'static str {
    match deed {
        Deed::Restart => language.say("장비 다시 시작하기", "Restart the machine"),
        Deed::CollectBundle => language.say("진단 자료 보내기", "Send a support bundle"),
    }
}

/// What a machine does when it is told so, as forms name it.
pub(super) const DEEDS: [(&str, Deed); 2] =
    [("restart", Deed::Restart), ("bundle", Deed::CollectBundle)];

fn order_fields(language: Language) -> Markup {
    html! {
        label for="deed" { (language.say("무엇을", "What")) }
        select #deed name="deed" {
            @for (code, it) in DEEDS { option value=(code) { (deed(it, language)) } }
        }
        button type="submit" { (language.say("장비에 지시하기", "Order the machine")) }
    }
}

//! What agents are told of petitions: the row of a list, one with everything in it.

use ledger::{Petition, Step, Urgency};
use request::{
    Letter, LetterState, NotSentReason, RequestEvent, RequestId, RouteGround, ServiceRequest,
    Timestamp,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::super::{Exchange, Problem};
use crate::petitions::{day, likeness};

/// Open petitions that one is compared with, the oldest first.
const COMPARED_MAX: u32 = 200;
/// Of those that are joined to one, so many are named.
const JOINED_SHOWN: usize = 50;

/// How far a petition has come.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Standing {
    /// Nobody has answered yet.
    Waiting,
    /// The answer is given and on its way.
    Replied,
    /// The mail server does not take the answer.
    NotSent,
    /// A crash came between: the answer may have gone out.
    MaybeSent,
}

fn standing(petition: &Petition) -> Standing {
    let letters = &petition.request.correspondence;
    match (&letters.reply, letters.state(Letter::Reply)) {
        (None, _) => Standing::Waiting,
        (Some(_), Some(LetterState::NotSent(NotSentReason::Refused))) => Standing::NotSent,
        (Some(_), Some(LetterState::NotSent(NotSentReason::Unknown))) => Standing::MaybeSent,
        (
            Some(_),
            None
            | Some(
                LetterState::Begun
                | LetterState::Sent
                | LetterState::NotSent(NotSentReason::Deferred),
            ),
        ) => Standing::Replied,
    }
}

pub(super) fn row(exchange: &Exchange, petition: &Petition) -> Value {
    let (request, issuer) = (&petition.request, &exchange.issuer);
    let handling = &request.handling;
    let due_at = handling.due_at;
    let office = handling.office.as_ref().map(|code| {
        let name = issuer.office_name(code);
        json!({ "code": code, "name": name })
    });
    json!({
        "request": request.id,
        "service": request.service,
        "channel": request.channel,
        "submitted_at": petition.submitted_at,
        "due_at": due_at,
        "due_on": due_at.map(day),
        "late": petition.is_late(issuer.clock.now()),
        "days_left": due_at.map(|due| issuer.working_days_left(due)),
        "extended": handling.extended,
        "receipt": handling.receipt,
        "office": office,
        "ground": handling.ground.as_ref().map(|it| ground(exchange, it)),
        "leading": handling.leading.as_ref().map(|(id, _)| id),
        "appealed": handling.appeal.is_some(),
        "subject": request.answers.get("subject"),
        "assigned_to": request.correspondence.assigned_to,
        "standing": standing(petition),
    })
}

/// Why it came to its first office, for whoever wonders.
fn ground(exchange: &Exchange, ground: &RouteGround) -> Value {
    let directory = &exchange.issuer.offices;
    match ground {
        RouteGround::Rule {
            rule,
            word,
            district,
        } => {
            // A rule that is gone from the directory has decided all the same.
            let known = directory.rules().find(|it| it.id == *rule);
            let duty = known.and_then(|it| directory.duty(&it.duty));
            let duty = duty.map(|it| json!({ "ko": it.title.ko, "en": it.title.en }));
            json!({ "rule": rule, "word": word, "district": district, "duty": duty })
        }
        RouteGround::GeneralDesk => json!({ "general_desk": true }),
    }
}

/// One petition with everything in it.
pub(super) fn whole(exchange: &Exchange, petition: &Petition) -> Result<Value, Problem> {
    let (request, issuer) = (&petition.request, &exchange.issuer);
    let (letters, handling) = (&request.correspondence, &request.handling);
    let (sender, applicant) = (letters.sender.as_ref(), request.applicant.as_ref());
    let service = issuer.catalog.accepted_service(&request.service);
    let like: Vec<Value> = likeness::like(request, &issuer.store.petitions(COMPARED_MAX)?)
        .into_iter()
        .map(|it| {
            let mut told = named(exchange, &it.request)?;
            told["percent"] = json!(it.percent);
            told["same_person"] = json!(it.same_person);
            Ok(told)
        })
        .collect::<Result<_, Problem>>()?;
    let joined = issuer.store.joined_to(&request.id)?;
    let shown = joined.iter().take(JOINED_SHOWN);
    let shown: Vec<Value> = shown
        .map(|it| named(exchange, it))
        .collect::<Result<_, Problem>>()?;
    let leading = handling.leading.as_ref();
    let leading = leading.map(|(id, _)| named(exchange, id)).transpose()?;
    let files: Vec<Value> = (handling.attachments.iter())
        .map(|it| json!({ "enclosure": it.enclosure, "with_answer": it.with_answer }))
        .collect();
    let steps: Vec<Value> = (issuer.store.steps(&request.id)?.iter())
        .filter_map(|it| step(exchange, it))
        .collect();
    let said = json!({
        "language": request.language,
        "name": sender.map(|it| &it.name).or(applicant.map(|it| &it.name)),
        "address": sender.map(|it| &it.address),
        "text": request.answers.get("text"),
        "enclosures": letters.enclosures,
        "files": files,
        "like": like,
        "joined": shown,
        "joined_in_all": joined.len(),
        "leads_to": leading,
        "decides": service.is_some_and(|it| it.decides),
        "decision": handling.decision,
        "may_extend_by": service.filter(|_| !handling.extended).map_or(0, |it| it.extension_days),
        "appeal": handling.appeal.as_ref().map(|it| &it.text),
        "earlier_replies": letters.earlier_replies.iter().map(|it| &it.text).collect::<Vec<_>>(),
        "reply": letters.reply.as_ref().map(|it| json!({ "agent": it.agent, "text": it.text })),
        "steps": steps,
    });
    let mut whole = row(exchange, petition);
    if let (Value::Object(whole), Value::Object(said)) = (&mut whole, said) {
        whole.extend(said);
    }
    Ok(whole)
}

/// Another petition, as it is chosen from a list.
fn named(exchange: &Exchange, id: &RequestId) -> Result<Value, Problem> {
    let request = exchange.issuer.store.request(id)?;
    let of = |it: &ServiceRequest| json!([it.handling.receipt, it.answers.get("subject")]);
    let known = request.as_ref().map_or(Value::Null, of);
    Ok(json!({ "request": id, "receipt": known[0], "subject": known[1] }))
}

/// What happened, when, by whom and why; nothing of what stands elsewhere in the petition.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all else is no step at an office"
)]
fn step(exchange: &Exchange, step: &Step) -> Option<Value> {
    let issuer = &exchange.issuer;
    let name = |code| issuer.office_name(code);
    let mut told = match &step.event {
        RequestEvent::Submitted => json!({ "what": "received" }),
        RequestEvent::Routed { office, .. } => {
            json!({ "what": "routed", "office": name(office) })
        }
        RequestEvent::Assigned { agent } => json!({ "what": "taken", "agent": agent }),
        RequestEvent::Transferred {
            office,
            agent,
            reason,
        } => json!({
            "what": "transferred", "office": name(office), "agent": agent, "reason": reason
        }),
        RequestEvent::Extended {
            due_at,
            agent,
            reason,
        } => json!({
            "what": "extended", "due_on": day(*due_at), "agent": agent, "reason": reason
        }),
        RequestEvent::Joined { agent, .. } => json!({ "what": "joined", "agent": agent }),
        RequestEvent::Separated { agent } => json!({ "what": "separated", "agent": agent }),
        RequestEvent::Attached { agent, .. } => json!({ "what": "attached", "agent": agent }),
        RequestEvent::Replied { agent, .. } => json!({ "what": "answered", "agent": agent }),
        RequestEvent::Rated { stars, words } => {
            json!({ "what": "rated", "stars": stars, "reason": words })
        }
        RequestEvent::Appealed { office, .. } => {
            json!({ "what": "appealed", "office": name(office) })
        }
        _ => return None,
    };
    told["at"] = json!(step.at);
    Some(told)
}

/// A place in the list by urgency, as it stands in a question.
pub(super) fn place_in_words(place: &Urgency) -> String {
    let Urgency {
        answered,
        due_at,
        submitted_at,
        request,
    } = place;
    let (due, at) = (due_at.as_millis(), submitted_at.as_millis());
    format!("{}.{due}.{at}.{request}", u8::from(*answered))
}

pub(super) fn place(words: &str) -> Option<Urgency> {
    let mut parts = words.splitn(4, '.');
    let answered = match parts.next()? {
        "0" => false,
        "1" => true,
        _ => return None,
    };
    let mut moment = || Some(Timestamp::from_millis(parts.next()?.parse().ok()?));
    let (due_at, submitted_at) = (moment()?, moment()?);
    Some(Urgency {
        answered,
        due_at,
        submitted_at,
        request: RequestId::new(parts.next()?),
    })
}

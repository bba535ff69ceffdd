//! What happens to petitions at offices.

use privacy::Personal;
use request::{
    AgentId, Decision, Enclosure, JoinGround, OfficeId, RequestEvent, RequestId, RouteGround,
    Timestamp,
};

pub(crate) fn handled() -> Vec<RequestEvent> {
    let (kim, words) = (AgentId::new("kim.2"), |it: &str| {
        Personal::new(it.to_owned())
    });
    let (lights, audit) = (OfficeId::new("4199001"), OfficeId::new("4199009"));
    let rule = |district: Option<&str>| RouteGround::Rule {
        rule: "street-lights".to_owned(),
        word: "가로등".to_owned(),
        district: district.map(str::to_owned),
    };
    let at = |millis: i64| Timestamp::from_millis(1_795_482_000_000 + millis);
    let grounds = [
        rule(None),
        rule(Some("4199710100")),
        RouteGround::GeneralDesk,
    ];
    let mut events: Vec<RequestEvent> = grounds
        .into_iter()
        .map(|ground| RequestEvent::Routed {
            office: lights.clone(),
            ground,
        })
        .collect();
    events.push(RequestEvent::Received {
        receipt: "5104691493918490".to_owned(),
    });
    events.push(RequestEvent::Transferred {
        office: audit.clone(),
        agent: kim.clone(),
        reason: words("감사실의 일입니다"),
    });
    events.push(RequestEvent::DueSet { due_at: at(0) });
    events.push(RequestEvent::Extended {
        due_at: at(1),
        agent: kim.clone(),
        reason: words("현장을 봐야 합니다"),
    });
    for ground in [JoinGround::SamePerson, JoinGround::Mass] {
        events.push(RequestEvent::Joined {
            leading: RequestId::new("gaon-1-1"),
            ground,
            agent: kim.clone(),
        });
    }
    events.push(RequestEvent::Separated { agent: kim.clone() });
    events.push(RequestEvent::Attached {
        agent: kim,
        enclosure: Enclosure {
            name: words("회의록.pdf"),
            media_type: "application/pdf".to_owned(),
            bytes: 3,
            sha256: "00".repeat(32),
        },
        with_answer: true,
    });
    let decisions = [
        Decision::Disclosed,
        Decision::PartlyDisclosed,
        Decision::Withheld,
        Decision::NotHeld,
    ];
    events.extend(decisions.map(|decision| RequestEvent::Replied {
        agent: "kim".to_owned(),
        text: words("공개합니다."),
        decision: Some(decision),
    }));
    events.push(RequestEvent::StaysOpen { until: at(2) });
    events.push(RequestEvent::Rated {
        stars: 4,
        words: words("빨랐어요"),
    });
    events.push(RequestEvent::Appealed {
        office: audit,
        text: words("아직 어두워요"),
    });
    events.push(RequestEvent::Concluded);
    events
}

//! A petition's way from a kiosk through its offices: who may do what, and what anybody
//! may know of it.

use catalog::Catalog;
use privacy::Personal;
use request::{
    Action, Channel, Identification, RequestEvent, RequestId, ServiceId, ServiceRequest, StationId,
};
use serde_json::{Value, json};
use ticket::Issuer;

use crate::{office::Office, petitions::PATIENCE, station::Station, written::applicant};

const NUMBER: &str = "9001012990014";
/// More than a source may try for nothing, by far.
const GUESSES_MAX: u32 = 60;
const TEXT: &str = "다솜구 별내동 12번지 앞 가로등이 사흘째 꺼져 있어 밤에 걷기 무섭습니다";

/// Files a petition as a kiosk does; its receipt number.
pub(crate) fn file(station: &mut Station, id: &str, service: &str, words: [&str; 2]) -> String {
    file_by(Channel::Kiosk, station, id, service, words)
}

/// Files a petition as a kiosk or an agent for a caller does; its receipt number.
pub(crate) fn file_by(
    channel: Channel,
    station: &mut Station,
    id: &str,
    service: &str,
    [subject, text]: [&str; 2],
) -> String {
    let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Catalog::read(&house).unwrap();
    let service = ServiceId::new(service);
    let opened = RequestEvent::Opened {
        terms: catalog.accepted_service(&service).unwrap().terms(),
        service,
        service_version: 1,
        channel,
        station: StationId::new("gaon-1"),
        language: "ko".to_owned(),
    };
    let answer = |question: &str, text: &str| Action::Answer {
        question: question.to_owned(),
        answer: Personal::new(text.to_owned()),
    };
    let by = match channel {
        Channel::Telephone => Identification::StatedByTelephone,
        Channel::Kiosk | Channel::Email => Identification::CardAndNumber,
    };
    let issuer = Issuer::from_pem("gaon-1", &Issuer::fresh_key().unwrap()).unwrap();
    let receipt = issuer.receipt_code(id).digits();
    station.record(id, &opened);
    let mut request = ServiceRequest::open(RequestId::new(id), &opened).unwrap();
    for action in [
        Action::Identify {
            applicant: applicant(NUMBER),
            by,
        },
        answer("subject", subject),
        answer("text", text),
        Action::Receive {
            receipt: receipt.clone(),
        },
        Action::Submit,
        Action::Close,
    ] {
        let event = request.decide(action).unwrap();
        request.apply(&event);
        station.record(id, &event);
    }
    receipt
}

struct Town {
    office: Office,
    station: Station,
    receipt: String,
}

impl Town {
    /// One petition about a street light has come from a kiosk.
    async fn with_a_petition() -> Self {
        let office = Office::open().await;
        let mut station = office.station("gaon-1");
        let receipt = file(
            &mut station,
            "gaon-1-a",
            "ombudsman-petition",
            ["가로등", TEXT],
        );
        station.offer_all_again().await;
        Self {
            office,
            station,
            receipt,
        }
    }

    async fn agent(&self, deed: &str, body: Value) -> (u16, Value) {
        self.of("gaon-1-a", deed, body).await
    }

    async fn of(&self, id: &str, deed: &str, body: Value) -> (u16, Value) {
        let path = format!("/v1/petitions/{id}/{deed}");
        self.office.say("kim", &path, &body).await
    }

    async fn reads(&self, id: &str) -> Value {
        let wire = self.office.wire("kim");
        let body = wire.get(&format!("/v1/petitions/{id}"), PATIENCE).await;
        serde_json::from_slice(&body.unwrap()).unwrap()
    }

    async fn status(&self) -> Value {
        let path = format!("/v1/requests/{}/status", self.receipt);
        let (code, status) = self.office.get(&path).await;
        assert_eq!(code, 200);
        status
    }

    async fn citizen(&self, mut question: Value) -> Value {
        question["receipt"] = json!(self.receipt);
        let asked = self
            .office
            .say("gaon-1", "/v1/requests/ask", &question)
            .await;
        assert_eq!(asked.0, 200);
        asked.1
    }

    async fn answers(&self) {
        let words = json!({ "text": "가로등을 고쳤습니다" });
        assert_eq!(self.agent("reply", words).await.0, 200);
    }
}

fn steps(status: &Value) -> Vec<&str> {
    let steps = status["steps"].as_array().unwrap().iter();
    steps.map(|it| it["what"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_petition_from_a_kiosk_comes_to_its_office_with_a_reason_and_a_due_date() {
    let town = Town::with_a_petition().await;

    let read = town.reads("gaon-1-a").await;

    assert_eq!(read["office"]["name"]["ko"], "다솜구 생활안전과");
    let ground = ["rule", "word", "district"].map(|it| read["ground"][it].clone());
    assert_eq!(ground, ["street-lights", "가로등", "4199710100"]);
    assert_eq!(read["ground"]["duty"]["ko"], "가로등과 보안등");
    // Seven working days, the Tuesday it came being the first of them.
    assert_eq!(read["due_on"], "2026-12-02");
    assert_eq!(
        (&read["name"], &read["text"]),
        (&json!("아무개"), &json!(TEXT))
    );
}

#[tokio::test]
async fn anybody_with_the_receipt_number_knows_each_step_and_nobody_learns_who_or_what() {
    let town = Town::with_a_petition().await;
    let reason = json!({ "office": "4199010", "reason": "도로과에서 봅니다" });
    assert_eq!(town.agent("transfer", reason).await.0, 200);
    let longer = json!({ "reason": "부품이 다음 주에 옵니다" });
    assert_eq!(town.agent("extend", longer).await.0, 200);
    town.answers().await;

    let status = town.status().await;

    let expected = ["received", "routed", "transferred", "extended", "answered"];
    assert_eq!(steps(&status), expected);
    assert_eq!(status["office"]["ko"], "한빛시 도로과");
    assert_eq!(
        status["steps"][1]["office"]["en"],
        "Public safety, Dasom-gu"
    );
    assert_eq!(
        (&status["answered"], &status["late"]),
        (&json!(true), &json!(false))
    );
    let told = status.to_string();
    for secret in [
        "아무개",
        NUMBER,
        "가로등",
        "별내동",
        "부품",
        "도로과에서",
        "kim",
        "고쳤",
        "gaon-1",
    ] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}

#[tokio::test]
async fn what_was_answered_is_read_by_whoever_wrote_and_by_nobody_else() {
    let town = Town::with_a_petition().await;
    let mine = json!({ "ask": "answer", "resident_number": NUMBER });
    let other = json!({ "ask": "answer", "resident_number": "8505051990013" });
    assert_eq!(town.citizen(mine.clone()).await["answer"], "not_answered");
    town.answers().await;

    assert_eq!(town.citizen(other).await["answer"], "not_theirs");

    let answer = town.citizen(mine).await;
    assert_eq!(answer["text"], "가로등을 고쳤습니다");
}

#[tokio::test]
async fn no_kiosk_is_ever_told_an_answer() {
    let town = Town::with_a_petition().await;
    assert_eq!(town.agent("assign", json!({})).await.0, 200);

    town.answers().await;

    let told = town.station.wire.listen(0, std::time::Duration::ZERO).await;
    assert!(told.unwrap().publications.is_empty());
}

#[tokio::test]
async fn an_answer_is_rated_and_an_appeal_goes_to_another_office_which_answers_anew() {
    let town = Town::with_a_petition().await;
    let rating = json!({ "ask": "rate", "stars": 2, "words": "아직 어두워요" });
    assert_eq!(town.citizen(rating.clone()).await["answer"], "not_taken");
    town.answers().await;
    let status = town.status().await;
    assert_eq!(
        (&status["may_rate"], &status["may_appeal"]),
        (&json!(true), &json!(true))
    );
    // Sixty days after the day of the answer.
    assert_eq!(status["open_until"], "2027-01-23");

    assert_eq!(town.citizen(rating.clone()).await["answer"], "taken");
    // Said again, since our word may have been lost.
    assert_eq!(town.citizen(rating).await["answer"], "taken");
    let other = json!({ "ask": "rate", "stars": 5, "words": "" });
    assert_eq!(town.citizen(other).await["answer"], "not_taken");
    let appeal = json!({ "ask": "appeal", "text": "고치지 않았습니다" });
    assert_eq!(town.citizen(appeal).await["answer"], "taken");

    let status = town.status().await;
    assert_eq!(status["office"]["ko"], "한빛시 시민옴부즈만");
    assert_eq!(
        (&status["answered"], &status["due_on"]),
        (&json!(false), &json!("2026-12-07"))
    );
    let read = town.reads("gaon-1-a").await;
    assert_eq!(read["appeal"], "고치지 않았습니다");
    assert_eq!(read["earlier_replies"], json!(["가로등을 고쳤습니다"]));
    let again = json!({ "text": "현장을 보고 고쳤습니다" });
    assert_eq!(town.agent("reply", again).await.0, 200);
    let status = town.status().await;
    assert_eq!(steps(&status)[3..], ["rated", "appealed", "answered"]);
    assert_eq!(
        (&status["may_rate"], &status["may_appeal"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn petitions_alike_are_shown_joined_by_an_agent_and_each_is_answered() {
    let mut town = Town::with_a_petition().await;
    let again = TEXT.replace("사흘째", "나흘째");
    let mut receipts = Vec::new();
    for (id, text) in [("gaon-1-b", again.as_str()), ("gaon-1-c", "버스가 늦어요")] {
        let receipt = file(
            &mut town.station,
            id,
            "ombudsman-petition",
            ["가로등", text],
        );
        receipts.push(receipt);
    }
    town.station.offer_all_again().await;

    let read = town.reads("gaon-1-b").await;
    let like = read["like"].as_array().unwrap();
    assert_eq!(like.len(), 1);
    assert_eq!(
        (&like[0]["request"], &like[0]["same_person"]),
        (&json!("gaon-1-a"), &json!(true))
    );
    assert!(like[0]["percent"].as_u64().unwrap() > 70);

    let join = json!({ "leading": "gaon-1-a", "ground": "same_person" });
    assert_eq!(town.of("gaon-1-b", "join", join.clone()).await.0, 200);
    assert_eq!(town.of("gaon-1-b", "join", join).await.0, 409);
    // Whoever is joined leads nobody.
    let onto_joined = json!({ "leading": "gaon-1-b", "ground": "mass" });
    assert_eq!(town.of("gaon-1-c", "join", onto_joined).await.0, 409);
    town.answers().await;

    for (receipt, answered) in receipts.iter().zip([true, false]) {
        let (_, status) = town
            .office
            .get(&format!("/v1/requests/{receipt}/status"))
            .await;
        assert_eq!(status["answered"], answered);
    }
}

#[tokio::test]
async fn a_request_for_information_is_answered_with_a_decision_and_a_petition_without() {
    let mut town = Town::with_a_petition().await;
    let asked = ["회의록", "2026년 도시계획 회의록을 보여 주세요"];
    file(&mut town.station, "gaon-1-i", "information-request", asked);
    town.station.offer_all_again().await;
    let read = town.reads("gaon-1-i").await;
    assert_eq!(read["office"]["name"]["ko"], "한빛시 정보공개 담당");
    assert_eq!(
        (&read["decides"], &read["due_on"]),
        (&json!(true), &json!("2026-12-07"))
    );

    let bare = json!({ "text": "공개합니다" });
    assert_eq!(town.of("gaon-1-i", "reply", bare.clone()).await.0, 422);
    let decided = json!({ "text": "공개합니다", "decision": "partly_disclosed" });
    assert_eq!(town.agent("reply", decided.clone()).await.0, 422);
    assert_eq!(town.of("gaon-1-i", "reply", decided).await.0, 200);
}

#[tokio::test]
async fn scripts_in_a_petition_are_words_and_come_back_as_json() {
    let mut town = Town::with_a_petition().await;
    let script = "<script>alert(document.cookie)</script>";
    let receipt = file(
        &mut town.station,
        "gaon-1-x",
        "ombudsman-petition",
        [script, script],
    );
    town.station.offer_all_again().await;

    let read = town.reads("gaon-1-x").await;

    assert_eq!(read["text"], script);
    let (code, status) = town
        .office
        .get(&format!("/v1/requests/{receipt}/status"))
        .await;
    assert!(code == 200 && !status.to_string().contains("script"));
}

#[tokio::test]
async fn only_agents_handle_petitions_and_only_to_offices_there_are() {
    let town = Town::with_a_petition().await;
    let transfer = json!({ "office": "4199010", "reason": "?" });
    for deed in ["transfer", "extend", "join", "separate"] {
        let path = format!("/v1/petitions/gaon-1-a/{deed}");
        assert_eq!(
            town.office.say("gaon-1", &path, &transfer).await.0,
            403,
            "{deed}"
        );
    }
    let nowhere = json!({ "office": "9999999", "reason": "?" });
    assert_eq!(town.agent("transfer", nowhere).await.0, 404);
    let silent = json!({ "office": "4199010", "reason": " " });
    assert_eq!(town.agent("transfer", silent).await.0, 422);
    let wire = town.office.wire("kim");
    let found = wire
        .get("/v1/offices?find=%EC%8B%9C%EB%AF%BC%EC%98%B4", PATIENCE)
        .await;
    let found: Value = serde_json::from_slice(&found.unwrap()).unwrap();
    assert_eq!(found["offices"][0]["code"], "4199002");
}

#[tokio::test]
async fn whoever_guesses_receipt_numbers_is_stopped() {
    let town = Town::with_a_petition().await;
    let issuer = Issuer::from_pem("gaon-1", &Issuer::fresh_key().unwrap()).unwrap();
    assert_eq!(town.office.get("/v1/requests/123/status").await.0, 422);
    let claim = issuer.claim_code("x").digits();
    let path = format!("/v1/requests/{claim}/status");
    assert_eq!(town.office.get(&path).await.0, 422);

    let (mut guesses, mut status) = (0, 404);
    while status == 404 && guesses < GUESSES_MAX {
        guesses += 1;
        let receipt = issuer.receipt_code(&guesses.to_string()).digits();
        let path = format!("/v1/requests/{receipt}/status");
        status = town.office.get(&path).await.0;
    }
    // However long it took, not all of them were answered.
    assert_eq!(status, 429);
    assert!(guesses > 10, "{guesses}");

    let path = format!("/v1/requests/{}/status", town.receipt);
    assert_eq!(town.office.get(&path).await.0, 429);
    // A station in the house is not stopped for what came from elsewhere.
    let standing = town.citizen(json!({ "ask": "standing" })).await;
    assert_eq!(standing["answer"], "standing");
}

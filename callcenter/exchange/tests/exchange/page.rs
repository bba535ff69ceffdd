//! The page where anybody asks whether a paper counts, over HTTP.

use std::{fs, path::PathBuf, process::Command};

use exchange::PageSettings;
use ledger::Paper;
use request::{DocumentNumber, RequestEvent, SpoilReason};
use reqwest::{Client, Response, header::HeaderMap};

use super::{BITNA, HOUSEHOLD, office::Office, station::Station};

const BOUNDARY: &str = "----a-browsers-boundary";
/// For the limits: each test's questions come from somewhere else.
const SOMEWHERE: &str = "192.0.2.7";

/// What a browser is told.
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Told {
    async fn of(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await.unwrap(),
        }
    }

    #[track_caller]
    fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "no {words} in {}", self.text);
        self
    }

    #[track_caller]
    fn never_says(&self, words: &str) -> &Self {
        assert!(!self.text.contains(words), "{words} in {}", self.text);
        self
    }
}

/// A form as a browser sends it.
fn form(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if *name == "paper" {
            "; filename=\"paper.png\""
        } else {
            ""
        };
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn send(office: &Office, from: &str, path: &str, fields: &[(&str, &[u8])]) -> Told {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let question = Client::new()
        .post(format!("http://{}{path}", office.public()))
        .header("content-type", kind)
        .header("x-forwarded-for", from)
        .body(form(fields));
    Told::of(question.send().await.unwrap()).await
}

async fn ask(office: &Office, typed: &str) -> Told {
    send(
        office,
        SOMEWHERE,
        "/number?lang=ko",
        &[("number", typed.as_bytes())],
    )
    .await
}

async fn show(office: &Office, file: &[u8]) -> Told {
    send(office, SOMEWHERE, "/paper?lang=ko", &[("paper", file)]).await
}

/// A paper, its number, and its PDF.
pub(crate) async fn issued(station: &mut Station) -> (DocumentNumber, Vec<u8>) {
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    let pdf = station.document(&number).await.unwrap();
    (number, pdf)
}

pub(crate) async fn spoil(station: &mut Station, number: &DocumentNumber) {
    let number = number.clone();
    let reason = SpoilReason::NotReceived;
    station
        .tell(
            "r",
            RequestEvent::IssueBegun {
                number: number.clone(),
            },
        )
        .await;
    station
        .tell("r", RequestEvent::Spoiled { number, reason })
        .await;
}

/// The first page as a scanner sees it, at so many dots an inch.
pub(crate) fn picture(office: &Office, pdf: &[u8], name: &str) -> PathBuf {
    let (from, stem) = (office.data().join("paper.pdf"), office.data().join(name));
    fs::write(&from, pdf).unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-r", "200", "-gray", "-png", "-singlefile"])
        .args([&from, &stem])
        .status();
    assert!(drawn.unwrap().success());
    stem.with_extension("png")
}

#[tokio::test]
async fn a_number_says_what_kind_of_paper_it_is_and_since_when_and_never_of_whom() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let (number, _) = issued(&mut station).await;

    let valid = ask(&office, &number.as_str().replace('-', " ").to_lowercase()).await;

    assert_eq!(valid.status, 200);
    valid
        .says("유효한 번호예요")
        .says("주민등록표 등본")
        .says("2026년 11월 24일")
        .says("2027년 2월 22일")
        .never_says("한빛나")
        .never_says("gaon-1");

    spoil(&mut station, &number).await;
    ask(&office, number.as_str())
        .await
        .says("무효인 번호예요")
        .never_says("다른 번호로 다시");
    station
        .tell(
            "r",
            RequestEvent::ReplacementAsked {
                number: number.clone(),
            },
        )
        .await;
    let RequestEvent::Replaced { document, .. } = station.told_after(1).await else {
        panic!("not replaced");
    };
    ask(&office, number.as_str())
        .await
        .says("무효인 번호예요")
        .says("다른 번호로 다시")
        .never_says(document.number.as_str());
    ask(&office, document.number.as_str())
        .await
        .says("유효한 번호예요");
    let unknown = ask(&office, "2611-0000-0000-0000").await;
    unknown
        .says("이 번호로 발급된 문서가 없어요")
        .never_says("문서 종류");
}

#[tokio::test]
async fn a_typing_error_is_explained_and_what_was_typed_stays_text() {
    let office = Office::open().await;

    ask(&office, "2611-7KQM").await.says("16개인데 8개를");
    ask(&office, "2611-UUUU-0000-0000").await.says("V가 아닌지");
    ask(&office, "2699-0000-0000-0000").await.says("해와 달");
    let script = "\"><script>alert(1)</script>";
    let told = ask(&office, script).await;

    assert_eq!(told.status, 422);
    told.says("&lt;script&gt;").never_says("<script");
    let policy = told.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert_eq!(told.headers["cache-control"], "no-store");
    assert!(!told.headers.contains_key("set-cookie"));
    let asked = format!("http://{}/?lang=%22%3E%3Cscript%3E", office.public());
    Told::of(reqwest::get(asked).await.unwrap())
        .await
        .never_says("<script");
}

#[tokio::test]
async fn a_picture_of_a_paper_is_judged_by_its_seal_and_shown_masked() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let (number, pdf) = issued(&mut station).await;
    let picture = fs::read(picture(&office, &pdf, "seen")).unwrap();

    let genuine = show(&office, &picture).await;
    genuine
        .says("진본이에요")
        .says("견주어 보세요")
        .says("한*나")
        .says(number.as_str())
        .never_says("한빛나");
    let whole = show(&office, &pdf).await;
    whole.says("진본이에요").says("서명한 그대로");
    let mut altered = pdf.clone();
    let stream = altered.windows(6).position(|it| it == b"stream").unwrap();
    altered[stream + 40] ^= 1;
    show(&office, &altered)
        .await
        .says("발급한 그대로가 아니에요");
    let other = [
        ("paper", &*picture),
        ("number", b"2611-7KQM-X4TD-09RW".as_slice()),
    ];
    let moved = send(&office, SOMEWHERE, "/paper?lang=en", &other).await;
    moved.says("The paper may be forged");
    spoil(&mut station, &number).await;
    show(&office, &picture).await.says("무효인 종이예요");
}

#[tokio::test]
async fn a_paper_of_another_office_is_nobodys() {
    let (office, another) = (Office::open().await, Office::open().await);
    let mut station = another.station("gaon-1");
    let (number, pdf) = issued(&mut station).await;

    show(&office, &pdf)
        .await
        .says("발급 기관이 만든 것이 아니에요");
    ask(&office, number.as_str())
        .await
        .says("발급된 문서가 없어요");
}

/// A PNG's header that promises more than anybody can unpack.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend_from_slice(&width.to_be_bytes());
    png.extend_from_slice(&height.to_be_bytes());
    png.extend_from_slice(&[8, 2, 0, 0, 0]);
    let sum = crc(&png[12..]);
    png.extend_from_slice(&sum.to_be_bytes());
    png.extend_from_slice(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    png
}

/// As PNG checks its parts (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                0xedb8_8320 ^ (sum >> 1)
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

#[tokio::test]
async fn what_is_no_paper_is_refused_by_name_and_harms_nobody() {
    let office = Office::open().await;
    let mut large = vec![0; 11 << 20];
    large[..8].copy_from_slice(b"\x89PNG\r\n\x1a\n");
    let cases: [(&[u8], u16, &str); 9] = [
        (b"", 422, "파일을 고르지 않았어요"),
        (b"MZ\x90\0 not a picture", 415, "사진이나 PDF가 아니에요"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            415,
            "사진이나 PDF가 아니에요",
        ),
        (b"GIF89a\x01\0\x01\0\0\0\0;", 415, "사진이나 PDF가 아니에요"),
        (&bomb(60_000, 60_000), 413, "사진이 너무 커요"),
        (&bomb(100, 100), 200, "봉인을 찾지 못했어요"),
        (b"%PDF-1.7 and nothing else", 415, "사진이나 PDF가 아니에요"),
        (b"MW1:NOT A SEAL", 200, "봉인을 다 읽을 수 없어요"),
        (&large, 413, "파일이 너무 커요"),
    ];
    for (place, (file, status, words)) in cases.into_iter().enumerate() {
        let from = format!("192.0.2.{place}");
        let told = send(&office, &from, "/paper?lang=ko", &[("paper", file)]).await;
        assert_eq!(told.status, status, "{words}: {}", told.text);
        told.says(words);
    }
    let nonsense = Client::new()
        .post(format!("http://{}/number", office.public()))
        .header("content-type", "text/plain")
        .body("number=1")
        .send()
        .await;
    assert_eq!(nonsense.unwrap().status(), 400);
    ask(&office, "2611-0000-0000-0000")
        .await
        .says("발급된 문서가 없어요");
}

#[tokio::test]
async fn an_examiner_that_dies_is_a_file_that_cannot_be_examined() {
    let mut office = Office::open().await;
    office
        .serve_page(PageSettings {
            examiner: Some("/bin/false".into()),
            ..PageSettings::default()
        })
        .await;

    let told = show(&office, b"%PDF-1.7").await;

    assert_eq!(told.status, 422);
    told.says("이 파일은 확인할 수 없어요");
    assert_eq!(ask(&office, "2611-0000-0000-0000").await.status, 200);
}

#[tokio::test]
async fn who_tries_numbers_is_kept_waiting_and_nobody_else() {
    let office = Office::open().await;
    let status = async |from: &'static str| {
        let path = format!(
            "http://{}/v1/documents/2611-0000-0000-0000/status",
            office.public()
        );
        let asked = Client::new().get(path).header("x-forwarded-for", from);
        asked.send().await.unwrap()
    };
    // More comes back while it asks, and much less than it spends.
    let mut asked = 0;
    let page = loop {
        let told = ask(&office, "2611-0000-0000-0000").await;
        if told.status == 429 {
            break told;
        }
        assert_eq!(told.status, 200);
        asked += 1;
    };
    let door = loop {
        let told = status(SOMEWHERE).await;
        if told.status() == 429 {
            break told;
        }
        asked += 1;
    };
    assert!((11..40).contains(&asked), "{asked}");

    assert_eq!(page.status, 429);
    page.says("너무 많이 확인했어요");
    assert_eq!(door.status(), 429);
    for headers in [&page.headers, door.headers()] {
        let seconds: u64 = headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=10).contains(&seconds), "{seconds}");
    }
    assert_eq!(status("198.51.100.1").await.status(), 200);
}

#[tokio::test]
async fn of_a_request_that_was_given_up_the_kind_and_the_day_are_still_known() {
    let mut office = Office::open().await;
    let mut station = office.station("gaon-1");
    let (number, _) = issued(&mut station).await;
    let outcome = request::Outcome::Withdrawn;
    station.tell("r", RequestEvent::Closed { outcome }).await;
    let store = ledger::Store::open(&office.data().join("exchange.sqlite"));
    office.close();

    let found = store.unwrap().particulars(&number).unwrap();

    assert_eq!(found.paper, Paper::Void);
    assert_eq!(found.service.unwrap().as_str(), HOUSEHOLD);
    let made_at = found.made_at.unwrap().as_millis();
    let opened = office.starts_at.as_millis();
    assert!((opened..opened + 600_000).contains(&made_at));
}

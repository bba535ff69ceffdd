//! A browser, spoken to as W3C WebDriver describes it, over `chromedriver`.
//!
//! The ten commands that are used: a client crate would bring a second generation of
//! what the workspace has already.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(30);
const DRAWS_MAX: u32 = 5;
/// The key under which an element stands (WebDriver, 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Whatever has a name that matters here.
const NAMED: &str = "a, button, h1, h2, h3, input, option, select, summary, textarea";

pub(super) struct Browser {
    driver: Child,
    client: Client,
    port: u16,
    session: String,
    _profile: TempDir,
}

pub(super) struct Element(String);

/// The source of axe-core.
pub(super) fn axe() -> String {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.venv/lib");
    let pythons = fs::read_dir(house).expect("the foreign judges in .venv");
    let file = pythons
        .filter_map(Result::ok)
        .map(|it| {
            it.path()
                .join("site-packages/axe_playwright_python/axe.min.js")
        })
        .find(|it| it.is_file());
    fs::read_to_string(file.expect("axe-core in .venv")).unwrap()
}

impl Browser {
    /// Chromium without a window, in the language of a country.
    pub(super) async fn start(language: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let (driver, port) = driver(profile.path());
        let client = Client::builder()
            .no_proxy()
            .timeout(PATIENCE)
            .build()
            .unwrap();
        let mut browser = Self {
            driver,
            client,
            port,
            session: format!("http://127.0.0.1:{port}/session"),
            _profile: profile,
        };
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(), // As root there is none.
            "--disable-dev-shm-usage".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-background-networking".to_owned(),
            "--no-first-run".to_owned(),
            format!("--accept-lang={language}"),
            format!("--user-data-dir={}", browser._profile.path().display()),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            // The exchange is its own authority.
            "acceptInsecureCerts": true,
            "goog:chromeOptions": { "args": arguments, "binary": "/usr/bin/chromium" },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let begun = browser.post("", &wanted).await;
        let id = begun["sessionId"].as_str().expect("a session").to_owned();
        browser.session = format!("{}/{id}", browser.session);
        browser
    }

    pub(super) async fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url })).await;
    }

    /// A window of so many CSS pixels, each of `scale` dots.
    pub(super) async fn window(&self, width: u32, height: u32, scale: f64) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 500
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &size)
            .await;
    }

    /// The one element of this role and this accessible name.
    pub(super) async fn named(&self, role: &str, name: &str) -> Element {
        self.found(name, Some(role)).await
    }

    /// Where a file is chosen; browsers give it no role of WAI-ARIA.
    pub(super) async fn chooser(&self, name: &str) -> Element {
        self.found(name, None).await
    }

    /// Waits for it: a page that was asked for may be on its way.
    async fn found(&self, name: &str, role: Option<&str>) -> Element {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.look_for(name, role).await {
                Some(element) => return element,
                None if Instant::now() < until => tokio::task::yield_now().await,
                None => panic!("no {role:?} {name} in {}", self.text().await),
            }
        }
    }

    /// None, too, when the page goes away meanwhile.
    async fn look_for(&self, name: &str, role: Option<&str>) -> Option<Element> {
        let question = json!({ "using": "css selector", "value": NAMED });
        for element in self.post("/elements", &question).await.as_array()? {
            let id = element[ELEMENT].as_str()?;
            let asked = format!("{}/element/{id}", self.session);
            let label = told(self.client.get(format!("{asked}/computedlabel")))
                .await
                .ok()?;
            if !label.as_str()?.starts_with(name) {
                continue;
            }
            let is = told(self.client.get(format!("{asked}/computedrole")))
                .await
                .ok()?;
            if role.is_none_or(|role| is == role) {
                return Some(Element(id.to_owned()));
            }
        }
        None
    }

    /// Types into a field, or chooses a file.
    pub(super) async fn write(&self, element: &Element, text: &str) {
        let path = format!("/element/{}/value", element.0);
        self.post(&path, &json!({ "text": text })).await;
    }

    pub(super) async fn press(&self, element: &Element) {
        self.post(&format!("/element/{}/click", element.0), &json!({}))
            .await;
    }

    pub(super) async fn value(&self, element: &Element) -> Value {
        self.get(&format!("/element/{}/property/value", element.0))
            .await
    }

    pub(super) async fn title(&self) -> String {
        self.get("/title").await.as_str().unwrap().to_owned()
    }

    /// All that is read on the page.
    pub(super) async fn text(&self) -> String {
        let text = self.run("return document.body.innerText", &[]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// What a script in the page answers.
    pub(super) async fn run(&self, script: &str, arguments: &[Value]) -> Value {
        let script = json!({ "script": script, "args": arguments });
        self.post("/execute/sync", &script).await
    }

    /// What the browser wrote into its console.
    pub(super) async fn complaints(&self) -> Vec<Value> {
        let log = self.post("/se/log", &json!({ "type": "browser" })).await;
        // It says so of every answer that is not 200.
        let of_network = |it: &Value| it["source"] == "network";
        let lines = log.as_array().unwrap().iter();
        lines.filter(|it| !of_network(it)).cloned().collect()
    }

    /// Leaves a picture of the whole page where `MINWON_PICTURES` says, if it does.
    pub(super) async fn keep_picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("MINWON_PICTURES").map(PathBuf::from) else {
            return;
        };
        let whole = json!({ "captureBeyondViewport": true });
        let picture = self.devtools("Page.captureScreenshot", &whole).await;
        let file = fs::File::create(folder.join(format!("{name}.png.base64"))).unwrap();
        (&file)
            .write_all(picture["data"].as_str().unwrap().as_bytes())
            .unwrap();
    }

    async fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let command = json!({ "cmd": command, "params": parameters });
        self.post("/goog/cdp/execute", &command).await
    }

    async fn get(&self, path: &str) -> Value {
        let asked = self.client.get(format!("{}{path}", self.session));
        told(asked).await.unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let asked = self.client.post(format!("{}{path}", self.session));
        told(asked.json(body)).await.unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Killed, the driver would leave its browser behind (WebDriver, 8.2).
        let _ = self.end_session();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    fn end_session(&self) -> std::io::Result<()> {
        let mut line = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        line.set_read_timeout(Some(PATIENCE))?;
        let path = self.session.split_once("/session").map_or("", |it| it.1);
        let question = format!(
            "DELETE /session{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        line.write_all(question.as_bytes())?;
        line.read_to_end(&mut Vec::new()).map(|_| ())
    }
}

/// What the driver answers, or what it complains of.
async fn told(question: RequestBuilder) -> Result<Value, String> {
    let response = question.send().await.unwrap();
    let is_well = response.status().is_success();
    let mut answer: Value = response.json().await.unwrap();
    match is_well {
        true => Ok(answer["value"].take()),
        false => Err(answer["value"]["message"].to_string()),
    }
}

/// A driver, and where it listens. It draws one port for IPv4 and IPv6, which somebody
/// may have in one of the two: then it ends, and another one draws again.
fn driver(home: &Path) -> (Child, u16) {
    for _ in 0..DRAWS_MAX {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("HOME", home)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver of the package chromium-driver");
        if let Some(port) = port(&mut driver) {
            return (driver, port);
        }
        driver.wait().unwrap();
    }
    panic!("chromedriver did not start");
}

/// It says where it listens when it does.
fn port(driver: &mut Child) -> Option<u16> {
    let mut lines = BufReader::new(driver.stdout.take()?).lines();
    let port = lines.find_map(|line| {
        let line = line.ok()?;
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(port.trim_end_matches('.').to_owned())
    });
    port?.parse().ok()
}

// The log-in: name and password go in one message, and the password stays nowhere.

function field(words, type, complete) {
  const box = document.createElement("p");
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.id = `th-desk-${complete}`;
  input.type = type;
  input.autocomplete = complete;
  input.spellcheck = false;
  label.htmlFor = input.id;
  label.textContent = words;
  box.append(label, input);
  return { box, input };
}

function render({ model, el }) {
  const texts = model.get("texts");
  const form = document.createElement("form");
  form.className = "desk-login";
  const title = document.createElement("h2");
  title.textContent = texts.title;
  const name = field(texts.name, "text", "username");
  const password = field(texts.password, "password", "current-password");
  const enter = document.createElement("button");
  enter.className = "btn main";
  enter.textContent = texts.enter;
  form.append(title, name.box, password.box, enter);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.send({ t: "login", name: name.input.value, password: password.input.value });
    password.input.value = "";
  });
  el.append(form);
}

export default { render };

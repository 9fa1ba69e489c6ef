// A QR code leads here with the code after « # », which no server receives: put it in the field, then forget it.
const champ = document.querySelector("#id_code");
if (champ && window.location.hash.length > 1) {
  champ.value = window.location.hash.slice(1, 41);
  history.replaceState(null, "", window.location.pathname);
  champ.focus();
}

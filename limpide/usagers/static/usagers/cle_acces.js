// Passkeys: asks the browser for one, and sends its answer by the form of the page. Nothing is shown where the browser
// doesn't know them: the code of the application remains.
const formulaire = document.querySelector("form[data-cle-acces]");
const etat = document.querySelector("[data-etat-cle]");
const creer = formulaire && formulaire.dataset.cleAcces === "creer";
const lire = window.PublicKeyCredential &&
  (creer ? PublicKeyCredential.parseCreationOptionsFromJSON : PublicKeyCredential.parseRequestOptionsFromJSON);

if (formulaire && lire) {
  formulaire.hidden = false;
  if (creer) etat.textContent = "";
  formulaire.addEventListener("submit", async (evenement) => {
    evenement.preventDefault();
    etat.textContent = "Votre appareil vous demande de confirmer.";
    const publicKey = lire.call(PublicKeyCredential, JSON.parse(formulaire.dataset.options));
    try {
      const cle = await (creer ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      formulaire.elements.reponse.value = JSON.stringify(cle.toJSON());
      formulaire.submit();
    } catch {
      etat.textContent = "Aucune clé d'accès n'a été donnée. Vous pouvez recommencer, ou en rester au code.";
    }
  });
}

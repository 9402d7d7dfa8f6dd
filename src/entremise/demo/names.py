"""Invented people: given names and surnames put together by chance; any likeness is chance too."""

GIVEN = (
    "Adèle", "Aïcha", "Alban", "Aminata", "Anouk", "Assia", "Bastien", "Baya", "Blandine",
    "Camille", "Carmela", "Célestin", "Cyprien", "Dalila", "Diane", "Driss", "Élodie", "Émeric",
    "Fanny", "Farid", "Fatou", "Flore", "Gaspard", "Ginette", "Hakim", "Hélène", "Idriss",
    "Inès", "Isaure", "Joachim", "Joana", "Karim", "Kenza", "Lénaïg", "Léopold", "Lilia",
    "Loïc", "Lucinda", "Maïwenn", "Malo", "Mariam", "Mathurin", "Mei", "Mélisande", "Moussa",
    "Nadège", "Naïm", "Noémie", "Odile", "Oscar", "Perrine", "Quentin", "Rachida", "Roxane",
    "Salomé", "Samba", "Séverin", "Sofiane", "Solène", "Tanguy", "Thaïs", "Ulysse", "Valérian",
    "Violaine", "Wassim", "Xavière", "Yaëlle", "Youssef", "Zélie", "Zohra",
)  # fmt: skip
SURNAMES = (
    "Abrisseau", "Andevert", "Arnoulot", "Aubrelin", "Baldéric", "Barzoum", "Beaurivet",
    "Belkhamis", "Bergonnet", "Bondrille", "Bouzellif", "Brécourtin", "Cabreval", "Cavarroc",
    "Chantemesse", "Clavereuil", "Coulibard", "Courtadel", "Dambreval", "Delorvage", "Diarranko",
    "Doucerain", "Escoffres", "Estrabaud", "Fauvergnes", "Ferravin", "Fontagnol", "Gaudrelet",
    "Ghezalim", "Grimauval", "Haddarine", "Hautecoeur", "Hervouin", "Jolivette", "Kerambriz",
    "Khellifa", "Lambrequin", "Larrochel", "Lestournelle", "Loubressac", "Malgouyat", "Marvejoux",
    "Mbayelle", "Merlingeac", "Montessel", "Nguyenec", "Noirvache", "Orsolani", "Ouadrissi",
    "Palvadeau", "Perrichaud", "Pontavice", "Quillevert", "Rambervaux", "Ravignol", "Rochedure",
    "Sabatoux", "Saintorens", "Sauveplane", "Sibellas", "Taillevent", "Tamarelle", "Tréhoudec",
    "Vauclerin", "Vermandel", "Vidalenq", "Villegoureix", "Yahiamar", "Zerdouni",
)  # fmt: skip
